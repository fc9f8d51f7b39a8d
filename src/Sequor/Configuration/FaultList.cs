namespace Sequor.Configuration;

/// <summary>The faults of one configuration while it is being read.</summary>
internal sealed class FaultList
{
    private readonly List<ConfigurationFault> _faults = [];

    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    /// <summary>Adds a fault once; a key that is read twice (a preset, then the setting itself) is not reported twice.</summary>
    public void Add(ConfigurationOrigin origin, string path, string problem)
    {
        var fault = new ConfigurationFault(origin, path, problem);
        if (!_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Whether the key itself or anything below it is faulty.</summary>
    public bool Touches(string path) => _faults.Any(fault =>
        fault.Path == path || fault.Path.StartsWith(path + ".", StringComparison.Ordinal));

    public void ThrowIfAny(bool condition = true)
    {
        if (condition && _faults.Count > 0)
        {
            throw new ConfigurationException([.. _faults]);
        }
    }
}
