using System.Buffers.Binary;
using System.Text;
using Sequor.Training.Logs;
using Sequor.Training.Logs.TensorBoard;

namespace Sequor.Tests.Training.Logs;

public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-events-").FullName;

    // RFC 3720, appendix B.4, and the check value that the catalogues of such checks give.
    public static TheoryData<byte[], uint> KnownAnswers => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
        { [], 0 },
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory, MemberData(nameof(KnownAnswers))]
    public void The_check_gives_the_published_answers(byte[] bytes, uint expected) => Assert.Equal(expected, Crc32C.Of(bytes));

    // tools/golden/event_file.py: masked_crc(b"123456789"), masked_crc(b"")
    [Fact]
    public void The_mask_turns_and_adds()
    {
        Assert.Equal(0xC78AB0E5u, Crc32C.Masked("123456789"u8));
        Assert.Equal(0xA282EAD8u, Crc32C.Masked([]));
    }

    [Fact]
    public void A_run_is_a_version_a_start_and_a_record_of_named_numbers_for_each_update_and_validation()
    {
        using (TensorBoardWriter writer = TensorBoardWriter.Start(_directory, 0, new Clock(1700000000.25), "host"))
        {
            writer.Updated(Entry(1) with { GradientNormByLayer = [new("encoder.layers.0", 0.5), new("encoder.layers.1", double.NaN)] });
            writer.Validated(new ValidationEntry { Update = 1, Loss = 2, Nll = 1.5, Perplexity = 4.5, Accuracy = 0.25, Bleu = 12.5 });
        }

        string file = Assert.Single(Directory.GetFiles(_directory));
        Assert.Equal("events.out.tfevents.1700000000.host", Path.GetFileName(file));
        List<Event> events = Read(file);
        Assert.Equal(4, events.Count);
        Assert.All(events, one => Assert.Equal(1700000000.25, one.WallTime));
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal((1, SessionLog.Types.SessionStatus.Start), (events[1].Step, events[1].SessionLog.Status));
        Assert.Equal(
            "1: train/loss=3.5 train/nll=3 train/perplexity=20 train/lr=0.125 train/grad_norm=1.5 train/target_tokens_per_s=1000 train/epoch=1 grad_norm/encoder.layers.0=0.5",
            TextOf(events[2]));
        Assert.Equal(
            "1: validation/loss=2 validation/nll=1.5 validation/perplexity=4.5 validation/accuracy=0.25 validation/bleu=12.5", TextOf(events[3]));
    }

    // The bytes were put together by hand from the wire format: 09 wall time, 10 step, 3A session log {08 status}.
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        string path;
        using (TensorBoardWriter writer = TensorBoardWriter.Start(_directory, 4, new Clock(1), "host"))
        {
            path = writer.Path;
        }

        byte[] second = File.ReadAllBytes(path)[(16 + 9 + 2 + 13)..];
        Assert.Equal("0F00000000000000", Convert.ToHexString(second.AsSpan(0, 8)));
        Assert.Equal("09000000000000F03F10053A020801", Convert.ToHexString(second.AsSpan(12, 15)));
    }

    [Fact]
    public void A_resumed_run_writes_a_later_file_and_tells_readers_to_drop_what_is_beyond_its_checkpoint()
    {
        var clock = new Clock(1700000000);
        Run(0, 1, 2, 3, 4, 5);
        Run(3, 4, 5, 6);

        string[] files = [.. Directory.GetFiles(_directory).Order(StringComparer.Ordinal)];
        Assert.Equal(["events.out.tfevents.1700000000.host", "events.out.tfevents.1700000001.host"], files.Select(Path.GetFileName));
        var seen = new List<(long Step, int File)>();
        foreach ((int file, Event one) in files.SelectMany((file, index) => Read(file).Select(one => (index, one))))
        {
            if (one.WhatCase == Event.WhatOneofCase.SessionLog)
            {
                seen.RemoveAll(before => before.Step >= one.Step);
            }
            else if (one.WhatCase == Event.WhatOneofCase.Summary)
            {
                seen.Add((one.Step, file));
            }
        }

        Assert.Equal([(1, 0), (2, 0), (3, 0), (4, 1), (5, 1), (6, 1)], seen);

        void Run(long update, params long[] updates)
        {
            using TensorBoardWriter writer = TensorBoardWriter.Start(_directory, update, clock, "host");
            foreach (long one in updates)
            {
                writer.Updated(Entry(one));
            }
        }
    }

    private static TrainingLogEntry Entry(long update) => new()
    {
        Update = update,
        Epoch = 1,
        Loss = 3.5,
        Nll = 3,
        Perplexity = 20,
        LearningRate = 0.125,
        GradientNorm = 1.5,
        TargetTokensPerSecond = 1000,
        ElapsedSeconds = 1,
    };

    private static string TextOf(Event one) => FormattableString.Invariant(
        $"{one.Step}: {string.Join(' ', one.Summary.Value.Select(value => FormattableString.Invariant($"{value.Tag}={value.SimpleValue}")))}");

    private static List<Event> Read(string path)
    {
        var events = new List<Event>();
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (!rest.IsEmpty)
        {
            int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(rest));
            Assert.Equal(Crc32C.Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            Assert.Equal(Crc32C.Masked(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(rest.Slice(12, length)));
            rest = rest[(16 + length)..];
        }

        return events;
    }

    private sealed class Clock(double seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(seconds);
    }
}
