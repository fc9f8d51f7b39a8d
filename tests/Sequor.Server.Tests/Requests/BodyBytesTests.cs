using System.IO.Pipelines;
using System.Text;
using Sequor.Server.Requests;

namespace Sequor.Server.Tests.Requests;

public class BodyBytesTests
{
    [Fact]
    public async Task A_reading_that_the_listener_wakes_goes_on()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes("half"), TestContext.Current.CancellationToken);
        ReadResult first = await BodyBytes.NextAsync(pipe.Reader, TestContext.Current.CancellationToken);
        pipe.Reader.AdvanceTo(first.Buffer.Start, first.Buffer.End);

        Task<ReadResult> waiting = BodyBytes.NextAsync(pipe.Reader, TestContext.Current.CancellationToken).AsTask();
        pipe.Reader.CancelPendingRead();
        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(" whole"), TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        ReadResult read = await waiting;

        Assert.False(read.IsCanceled);
        pipe.Reader.AdvanceTo(read.Buffer.End);
    }
}
