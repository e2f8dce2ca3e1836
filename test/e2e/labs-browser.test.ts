import { testLabs } from './lab-cases.ts';

testLabs(['The browser']);
