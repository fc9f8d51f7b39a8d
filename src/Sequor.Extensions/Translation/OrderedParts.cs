using System.Threading.Channels;

namespace Sequor.Extensions.Translation;

/// <summary>Brings parts of sentences that are decoded side by side into the order of the passage, with what stands between. Thread-safe; never waits.</summary>
internal sealed class OrderedParts
{
    private readonly Channel<string> _channel = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IReadOnlyList<string> _joints;
    private readonly Lock _gate = new();
    private readonly List<string>[] _waiting;
    private readonly bool[] _isFinished;
    private int _current;

    /// <summary>Begins with what stands before the first sentence.</summary>
    /// <param name="joints">What stands before, between and behind the sentences.</param>
    internal OrderedParts(IReadOnlyList<string> joints)
    {
        _joints = joints;
        _waiting = [.. Enumerable.Range(0, joints.Count - 1).Select(_ => new List<string>())];
        _isFinished = new bool[joints.Count - 1];
        Write(joints[0]);
    }

    /// <summary>The parts in order.</summary>
    internal ChannelReader<string> Reader => _channel.Reader;

    /// <summary>Takes a part of a sentence.</summary>
    internal void Add(int sentence, string part)
    {
        lock (_gate)
        {
            if (sentence == _current)
            {
                Write(part);
            }
            else
            {
                _waiting[sentence].Add(part);
            }
        }
    }

    /// <summary>Takes note that a sentence is whole.</summary>
    internal void Finish(int sentence)
    {
        lock (_gate)
        {
            _isFinished[sentence] = true;
            while (_current < _isFinished.Length && _isFinished[_current])
            {
                Write(_joints[++_current]);
                if (_current < _waiting.Length)
                {
                    _waiting[_current].ForEach(Write);
                    _waiting[_current].Clear();
                }
            }
        }
    }

    /// <summary>Takes note that nothing follows.</summary>
    /// <param name="fault">Why not, where something went wrong; else null.</param>
    internal void Complete(Exception? fault) => _channel.Writer.TryComplete(fault);

    private void Write(string part)
    {
        if (part.Length > 0)
        {
            _channel.Writer.TryWrite(part);
        }
    }
}
