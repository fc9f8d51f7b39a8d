using Sequor.Decoding;
using Sequor.Extensions.Translation;

namespace Sequor.Extensions;

/// <summary>Outputs of sentences that were translated lately, so that the same sentence asked for again costs nothing. What was not used for longest goes first. Thread-safe.</summary>
public sealed class TranslationCache
{
    private readonly Dictionary<SentenceKey, LinkedListNode<(SentenceKey Key, GeneratedText Output, long Bytes)>> _nodes = [];
    private readonly LinkedList<(SentenceKey Key, GeneratedText Output, long Bytes)> _byUse = [];
    private readonly Lock _gate = new();
    private readonly int _maximumSentences;
    private readonly long _maximumBytes;
    private long _bytes;
    private long _hits;
    private long _misses;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="maximumSentences">Sentences kept, 1 or more.</param>
    /// <param name="maximumBytes">Bytes of sentences and outputs kept, 1 or more; about, as objects are estimated. Default 64 MiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is below 1.</exception>
    public TranslationCache(int maximumSentences, long maximumBytes = 64 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSentences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBytes, 1);
        (_maximumSentences, _maximumBytes) = (maximumSentences, maximumBytes);
    }

    /// <summary>Sentences that are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>About how many bytes they take.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How often a sentence was found.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>How often it was not.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    internal bool TryGet(SentenceKey key, out GeneratedText? output)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out LinkedListNode<(SentenceKey Key, GeneratedText Output, long Bytes)>? node))
            {
                _hits++;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                output = node.Value.Output;
                return true;
            }

            _misses++;
            output = null;
            return false;
        }
    }

    internal void Add(SentenceKey key, GeneratedText output)
    {
        long bytes = key.Bytes + OutputSize.Of(output);
        lock (_gate)
        {
            if (bytes > _maximumBytes || _nodes.ContainsKey(key))
            {
                return;
            }

            _nodes.Add(key, _byUse.AddFirst((key, output, bytes)));
            _bytes += bytes;
            while (_nodes.Count > _maximumSentences || _bytes > _maximumBytes)
            {
                (SentenceKey oldest, _, long freed) = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _nodes.Remove(oldest);
                _bytes -= freed;
            }
        }
    }
}
