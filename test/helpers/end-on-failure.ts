/** Set-up of mutation testing: a property stops at its first counterexample. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
