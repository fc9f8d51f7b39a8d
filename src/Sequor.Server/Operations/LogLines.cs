using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>Writes what is logged, a line each: for people, or as flat JSON objects whose fields programs can read.</summary>
internal sealed class LogLines : ILoggerProvider
{
    // Fields of every line; a value of the same name would stand twice in the object.
    private static readonly string[] _taken = ["time", "level", "from", "message", "fault"];

    // Not for HTML: umlauts stay umlauts. Control characters, line ends among them, are escaped either way.
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _lines;
    private readonly LogFormat _format;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>Makes the writer.</summary>
    /// <param name="lines">Where lines go; stays its owner's.</param>
    /// <param name="format">How they look.</param>
    /// <param name="time">The clock.</param>
    internal LogLines(TextWriter lines, LogFormat format, TimeProvider time) => (_lines, _format, _time) = (lines, format, time);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(string category, LogLevel level, string message, Exception? fault, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        string time = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string line = _format == LogFormat.Json
            ? Json(time, category, level, message, fault, values)
            : $"{time} {Name(level)} {OneLine(message)}{(fault is null ? "" : "\n" + fault)}";
        lock (_gate)
        {
            _lines.Write(line + "\n");
        }
    }

    private static string Json(string time, string category, LogLevel level, string message, Exception? fault, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, _json))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time);
            writer.WriteString("level", Name(level));
            writer.WriteString("from", category);
            writer.WriteString("message", message);
            foreach ((string name, object? value) in values ?? [])
            {
                string key = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
                if (name != "{OriginalFormat}" && !_taken.Contains(key) && !message.Equals(value))
                {
                    Value(writer, key, value);
                }
            }

            if (fault is not null)
            {
                writer.WriteString("fault", fault.ToString());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Value(Utf8JsonWriter writer, string key, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case int number:
                writer.WriteNumber(key, number);
                break;
            case long number:
                writer.WriteNumber(key, number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(key, number);
                break;
            case bool isTrue:
                writer.WriteBoolean(key, isTrue);
                break;
            case IReadOnlyList<string> texts:
                writer.WriteStartArray(key);
                foreach (string text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    // A line end within what a client sent would look like a line of the server's own, and a terminal obeys the controls of both blocks (U+009B begins a command, as ESC [ does).
    private static string OneLine(string message) => !message.Any(IsControl)
        ? message
        : string.Concat(message.Select(letter => IsControl(letter) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : letter.ToString()));

    private static bool IsControl(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Write(category, logLevel, formatter(state, exception), exception, state as IEnumerable<KeyValuePair<string, object?>>);
            }
        }
    }
}
