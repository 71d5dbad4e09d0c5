using System.Text.Json;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Siege;

/// <summary>An honest peer: it pings, many times a second, and counts how long that takes.</summary>
internal static class Pinger
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(string address)
    {
        await using var host = Libp2pHost.CreateBuilder().Build();
        await host.StartAsync();
        var connection = await host.ConnectAsync(Multiaddr.Parse(address));
        await using var session = await host.OpenPingAsync(connection.Peer);
        await session.PingAsync();
        Console.WriteLine("{}");
        var times = new List<double>();
        string? fault = null;
        using var over = new CancellationTokenSource();
        var pinging = PingAsync();
        while (await Console.In.ReadLineAsync() is { } asked)
        {
            lock (times)
            {
                Console.WriteLine(JsonSerializer.Serialize(Report(times, fault)));
                if (asked == "restart")
                    times.Clear();
            }
        }

        await over.CancelAsync();
        await pinging;

        async Task PingAsync()
        {
            using var timer = new PeriodicTimer(Interval);
            try
            {
                while (await timer.WaitForNextTickAsync(over.Token))
                {
                    var took = await session.PingAsync(over.Token);
                    lock (times)
                        times.Add(took.TotalMilliseconds);
                }
            }
            catch (Exception broken) when (broken is Libp2pException or OperationCanceledException)
            {
                if (!over.IsCancellationRequested)
                    fault = broken.Message;
            }
        }
    }

    private static object Report(List<double> times, string? fault)
    {
        times = [.. times.Order()];
        return new { count = times.Count, p50 = At(times, 0.5), p99 = At(times, 0.99), max = At(times, 1), fault };
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : Math.Round(sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)], 3);
}
