/** Every file that is generated from specs and catalogue, and committed. Pure. */
import { completionScript } from '../src/cli/completion/completion-script.ts';
import { manPage } from '../src/cli/man-page.ts';
import { specs } from '../src/commands/specs.ts';
import { catalogue } from '../src/errors/catalogue.ts';
import { errorsDocument } from './errors-document.ts';
import { outputContract } from './output-contract.ts';

/** Content by path from the root of the project. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['completions/tao.bash', completionScript('bash', specs)],
    ['completions/_tao', completionScript('zsh', specs)],
    ['completions/tao.fish', completionScript('fish', specs)],
    ['man/tao.1', manPage(specs)],
    ['docs/errors.md', errorsDocument(catalogue)],
    ['docs/output-contract.md', outputContract(specs)],
  ]);
}
