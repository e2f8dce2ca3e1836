import { testLabs } from './lab-cases.ts';

testLabs(['First steps', 'Where a message ends']);
