namespace Sequor.Decoding.Searching;

/// <summary>What groups of a diverse beam are charged in one step for writing what groups before them have written.</summary>
/// <param name="strength">The charge for each time, in nats.</param>
internal sealed class Charges(float strength)
{
    private readonly List<int> _written = [];

    /// <summary>Whether nothing is charged.</summary>
    internal bool AreNone => _written.Count == 0;

    /// <summary>Forgets the step before.</summary>
    internal void Clear() => _written.Clear();

    /// <summary>A group writes a piece.</summary>
    internal void Add(int id)
    {
        if (strength > 0)
        {
            _written.Add(id);
        }
    }

    /// <summary>What writing a piece costs.</summary>
    internal double For(int id)
    {
        int times = 0;
        foreach (int one in _written)
        {
            times += one == id ? 1 : 0;
        }

        return (double)strength * times;
    }
}
