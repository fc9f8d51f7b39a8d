namespace Sequor.Server.Tests.Page;

/// <summary>Waits for what happens a little later on the other side of a connection.</summary>
internal static class Eventually
{
    /// <summary>Holds once a value is what it should be; fails when it is not within 60 seconds.</summary>
    internal static Task EqualAsync<T>(T expected, Func<T> actual) => EqualAsync(expected, () => Task.FromResult(actual()));

    /// <summary>Holds once an answer is what it should be; fails when it is not within 60 seconds.</summary>
    internal static async Task EqualAsync<T>(T expected, Func<Task<T>> actual)
    {
        T last = await actual();
        for (int i = 0; i < 1200 && !EqualityComparer<T>.Default.Equals(expected, last); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            last = await actual();
        }

        Assert.Equal(expected, last);
    }
}
