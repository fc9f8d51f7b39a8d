namespace Sequor.Batching;

/// <summary>Sentence pairs that are grouped, cut into batches and shuffled together.</summary>
/// <param name="Pairs">Where the pairs are.</param>
/// <param name="Members">Indices of the pool's pairs there; one that comes twice is learnt from twice.</param>
/// <param name="Next">Where the next pool begins, in this epoch or the next; its count of batches is left to the sequence.</param>
internal sealed record Pool(EncodedPairs Pairs, int[] Members, DataPosition Next);

/// <summary>Gives the pool that begins at a position: the same one whenever it is asked.</summary>
internal interface IPoolSource : IDisposable
{
    Pool Read(DataPosition start);
}
