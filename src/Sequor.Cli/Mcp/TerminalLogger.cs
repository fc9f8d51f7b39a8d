using Microsoft.Extensions.Logging;

namespace Sequor.Cli.Mcp;

/// <summary>Writes what is logged to standard error, where it cannot be taken for an answer.</summary>
/// <param name="errors">Standard error.</param>
/// <param name="least">What is below this is not written.</param>
internal sealed class TerminalLogger(TextWriter errors, LogLevel least) : ILoggerFactory, ILogger
{
    private readonly Lock _turn = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log goes to standard error only.");

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        lock (_turn)
            errors.WriteLine($"{formatter(state, exception)}{(exception is null ? "" : $" {exception.Message}")}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
