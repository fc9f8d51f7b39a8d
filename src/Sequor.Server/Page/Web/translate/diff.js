/**
 * Which words of a text do not stand in another, in order: the longest common subsequence stays, the rest is new.
 * @param {string[]} words
 * @param {string[]} others
 * @returns {boolean[]} for each word whether it is new
 */
export function newWords(words, others) {
  const table = Array.from({ length: words.length + 1 }, () => new Uint32Array(others.length + 1));
  for (let i = words.length - 1; i >= 0; i--) {
    for (let j = others.length - 1; j >= 0; j--) {
      table[i][j] = words[i] === others[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  const fresh = words.map(() => true);
  for (let i = 0, j = 0; i < words.length && j < others.length; ) {
    if (words[i] === others[j]) {
      fresh[i++] = false;
      j++;
    } else if (table[i + 1][j] >= table[i][j + 1]) i++;
    else j++;
  }
  return fresh;
}
