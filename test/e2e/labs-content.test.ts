import { testLabs } from './lab-cases.ts';

testLabs(['Content', 'Danger', 'Other protocols']);
