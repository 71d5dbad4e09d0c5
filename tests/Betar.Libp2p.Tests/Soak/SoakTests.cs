using System.Diagnostics;
using System.Globalization;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols.Echo;
using Betar.Libp2p.Tests.Support;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Soak;

/// <summary>
/// Two hosts over real TCP, 500 streams a second for ten minutes, or as many seconds as BETAR_SOAK_SECONDS says: what they hold in the end is
/// what they held after a tenth of the time. This takes real time, because time is what is tested.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const string Variable = "BETAR_SOAK_SECONDS";
    private const int StreamsPerSecond = 500;
    private const int StreamsPerTick = 5;

    /// <summary>The part of all streams that may be late when time is up, since they are started in small groups.</summary>
    private const double Tolerance = 0.05;

    private const int AtOnce = 16;
    private const long MoreMemory = 4 * 1024 * 1024;
    private const int MoreHandles = 8;
    private static readonly byte[] Message = new byte[1024];

    private static TimeSpan Time { get; } = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : 600);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Nothing_grows_at_500_streams_a_second()
    {
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs thrown) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            await using var listener = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").WithEcho().Build();
            await listener.StartAsync();
            await using var dialer = Libp2pHost.CreateBuilder().Build();
            await dialer.StartAsync();
            var peer = (await dialer.ConnectAsync(listener.Addresses[0])).Peer;

            var warm = await RunAsync(() => ExchangeAsync(dialer, peer), Time / 10);
            var before = Sample.Take();
            var whole = await RunAsync(() => ExchangeAsync(dialer, peer), Time * 9 / 10);
            var after = Sample.Take();

            var rate = whole / (Time * 9 / 10).TotalSeconds;
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"soak: {warm + whole} streams in {Time.TotalSeconds:0} s, {rate:0} a second where it counts; managed memory {before.Memory / 1024} KiB, then {after.Memory / 1024} KiB; handles {before.Handles}, then {after.Handles}; threads {before.Threads}, then {after.Threads}; {unobserved} exceptions that nobody saw");
            output.WriteLine(line);
            TestNotes.Add(line);
            Assert.InRange(rate, (1 - Tolerance) * StreamsPerSecond, double.MaxValue);
            Assert.InRange(after.Memory, 0, before.Memory + MoreMemory);
            Assert.InRange(after.Handles, 0, before.Handles + MoreHandles);
            Assert.Equal(0, unobserved);
            Assert.Equal(0, listener.Connections.Sum(connection => connection.Streams));
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }
    }

    /// <summary>Starts the exchanges at their times, whether or not earlier ones are done, and gives how many came to their end.</summary>
    private static async Task<long> RunAsync(Func<Task> exchange, TimeSpan time)
    {
        var done = 0L;
        var under = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds((double)StreamsPerTick / StreamsPerSecond));
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await tick.WaitForNextTickAsync();
            // A tick that came late brings what was missed, up to what one connection may have open.
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * StreamsPerSecond) - done - under.Count;
            for (var i = Math.Min(due, AtOnce - under.Count); i > 0; i--)
                under.Add(exchange());
            foreach (var ended in under.Where(task => task.IsCompleted).ToList())
            {
                await ended;
                under.Remove(ended);
                done++;
            }
        }

        await Task.WhenAll(under);
        return done + under.Count;
    }

    private static async Task ExchangeAsync(Libp2pHost dialer, PeerId peer)
    {
        await using var stream = await dialer.OpenStreamAsync(peer, EchoProtocol.Id);
        await stream.WriteAsync(Message);
        await stream.CloseWriteAsync();
        var buffer = new byte[256];
        var left = Message.Length;
        while (await stream.ReadAsync(buffer) is > 0 and var count)
            left -= count;
        Assert.Equal(0, left);
    }
}
