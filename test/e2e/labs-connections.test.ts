import { testLabs } from './lab-cases.ts';

testLabs(['Connections']);
