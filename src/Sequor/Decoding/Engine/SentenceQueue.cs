namespace Sequor.Decoding.Engine;

/// <summary>Sentences that wait to be decoded, the longest first: those that are decoded together are of like length, and a lack of memory shows at once.
/// Several sessions may take from one queue.</summary>
internal sealed class SentenceQueue
{
    private readonly Lock _turn = new();
    private readonly SentenceRequest[] _waiting;
    private int _next;

    /// <summary>Makes the queue.</summary>
    /// <param name="waiting">The sentences in any order.</param>
    internal SentenceQueue(IEnumerable<SentenceRequest> waiting) => _waiting = [.. waiting.OrderByDescending(request => request.Source.Length)];

    /// <summary>The next sentences that there is room for.</summary>
    /// <param name="room">The room.</param>
    internal IReadOnlyList<SentenceRequest> Take(BatchRoom room)
    {
        lock (_turn)
        {
            int first = _next;
            while (_next < _waiting.Length && room.Fits(_waiting[_next]))
            {
                room = room.Without(_waiting[_next++]);
            }

            return _waiting[first.._next];
        }
    }
}
