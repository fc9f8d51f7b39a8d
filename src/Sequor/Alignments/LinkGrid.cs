using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>The links that two directions propose for a sentence pair, and those that were accepted so far.</summary>
internal sealed class LinkGrid(int sources, int targets)
{
    internal const byte Forward = 1;
    internal const byte Reverse = 2;

    private const byte Taken = 4;

    private readonly byte[] _marks = new byte[checked(sources * targets)];
    private readonly bool[] _sourceTaken = new bool[sources];
    private readonly bool[] _targetTaken = new bool[targets];

    internal int Sources => sources;

    internal int Targets => targets;

    internal void Propose(int source, int target, byte direction)
    {
        if (source < 0 || target < 0)
            return;
        if (source >= sources || target >= targets)
            throw new ArgumentException($"The link {source}-{target} leads beyond {sources} source and {targets} target words.");
        _marks[(source * targets) + target] |= direction;
    }

    internal bool IsAccepted(int source, int target) => (_marks[(source * targets) + target] & Taken) != 0;

    internal void AcceptAll(Func<int, bool> wanted)
    {
        for (int source = 0; source < sources; source++)
        {
            for (int target = 0; target < targets; target++)
            {
                if (wanted(_marks[(source * targets) + target]))
                    Accept(source, target);
            }
        }
    }

    /// <summary>Accepts a link that a direction proposes, when its source or target word (or both) has none yet.</summary>
    internal bool TryAccept(int source, int target, int directions, bool needsBothFree)
    {
        if ((uint)source >= (uint)sources || (uint)target >= (uint)targets || (_marks[(source * targets) + target] & directions) == 0)
            return false;
        (bool sourceFree, bool targetFree) = (!_sourceTaken[source], !_targetTaken[target]);
        if (needsBothFree ? !(sourceFree && targetFree) : !(sourceFree || targetFree))
            return false;
        Accept(source, target);
        return true;
    }

    internal AlignmentLink[] Accepted()
    {
        List<AlignmentLink> links = [];
        for (int source = 0; source < sources; source++)
        {
            for (int target = 0; target < targets; target++)
            {
                if (IsAccepted(source, target))
                    links.Add(new AlignmentLink(source, target));
            }
        }

        return [.. links];
    }

    private void Accept(int source, int target)
    {
        _marks[(source * targets) + target] |= Taken;
        _sourceTaken[source] = _targetTaken[target] = true;
    }
}
