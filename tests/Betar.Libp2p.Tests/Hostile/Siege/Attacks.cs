using System.Net.Sockets;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;

namespace Betar.Libp2p.Tests.Hostile.Siege;

/// <summary>What strangers do, again and again, from ever new addresses, until it is over.</summary>
internal static class Attacks
{
    private const int HalfOpen = 2_000;
    private const int Crowd = 200;
    private static readonly byte[] Greeting = [.. MultistreamMessage.Encode(MultistreamMessage.Header, "/noise"), 0, 32, .. Enumerable.Repeat((byte)9, 32)];

    /// <summary>2,000 connections of which each has got no further than some point of the handshake; who is dropped comes again.</summary>
    public static Task HalfOpenAsync(Battlefield field, CancellationToken over) => ManyAsync(field, HalfOpen, async number =>
    {
        using var socket = await field.ConnectAsync(over);
        await SayAsync(socket, Greeting.AsMemory(0, number % Greeting.Length), over);
        while (await socket.ReceiveAsync(new byte[64], over) > 0)
        {
            // What it has to say does not matter.
        }
    }, over);

    /// <summary>Sixty connections that say one byte now and then, each from another point of the way in.</summary>
    public static Task SlowlyAsync(Battlefield field, CancellationToken over) => ManyAsync(field, 60, async number =>
    {
        byte[] bytes = [.. Greeting, .. new byte[64]];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        if (number % 2 == 0)
        {
            using var socket = await field.ConnectAsync(over);
            await SayAsync(socket, bytes.AsMemory(0, number), over);
            for (var i = number; await timer.WaitForNextTickAsync(over) && i < bytes.Length; i++)
                await socket.SendAsync(bytes.AsMemory(i, 1), over);
            return;
        }

        using var intruder = await Intruder.EnterAsync(field, over);
        byte[] stream = [.. Intruder.Open(1, "/ipfs/id/push/1.0.0", 0xFF, 0x3F), .. Intruder.Data(YamuxFlags.None, 1, new byte[100])];
        await intruder.SendAsync(stream[..number], over);
        for (var i = number; await timer.WaitForNextTickAsync(over) && i < stream.Length; i++)
            await intruder.SendAsync([stream[i]], over);
    }, over);

    /// <summary>Streams that are opened and broken off at once, thousands in one write.</summary>
    public static Task RapidResetAsync(Battlefield field, CancellationToken over) => ManyAsync(field, 4, async _ =>
    {
        using var intruder = await Intruder.EnterAsync(field, over);
        var batch = new List<byte>();
        for (uint id = 1; id < 4_000; id += 2)
        {
            batch.AddRange(Intruder.Frame(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, id, 0));
            batch.AddRange(Intruder.Frame(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, id, 0));
        }

        await intruder.SendAsync([.. batch], over);
        await intruder.ListenAsync(over);
    }, over);

    /// <summary>Lengths that are never followed by so many bytes, wherever a length may stand.</summary>
    public static Task GiantLengthsAsync(Battlefield field, CancellationToken over) => ManyAsync(field, Crowd, async number =>
    {
        if (number % 4 == 0)
        {
            using var socket = await field.ConnectAsync(over);
            byte[] lie = number % 8 == 0 ? [0xFF, 0xFF, 0x7F] : [.. MultistreamMessage.Encode(MultistreamMessage.Header, "/noise"), 0xFF, 0xFF, 1];
            await SayAsync(socket, lie, over);
            await socket.ReceiveAsync(new byte[256], over);
            return;
        }

        using var intruder = await Intruder.EnterAsync(field, over);
        var varint = new byte[Varint.MaxLength];
        Varint.Write(varint, long.MaxValue);
        await intruder.SendAsync(
            (number % 4) switch
            {
                1 => [.. Enumerable.Range(0, 200).SelectMany(i => Intruder.Frame(YamuxFrameType.Data, YamuxFlags.Syn, (uint)(1 + (2 * i)), YamuxOptions.InitialWindow))],
                2 => Intruder.Open(1, "/ipfs/id/push/1.0.0", varint),
                _ => Intruder.Data(YamuxFlags.Syn, 1, varint),
            },
            over);
        await intruder.ListenAsync(over);
    }, over);

    /// <summary>Peers that send and ask for as much as they may, on all streams that they may have, and take nothing of it.</summary>
    public static Task NeverReadsAsync(Battlefield field, CancellationToken over) => ManyAsync(field, Crowd, async number =>
    {
        var source = field.NewAddress();
        using var intruder = await Intruder.EnterAsync(field, over, source);
        for (uint i = 0; i < 20; i++)
        {
            var id = 1 + (2 * i);
            await intruder.SendAsync(
                [
                    .. i < 4 ? Intruder.Open(id, "/perf/1.0.0", [0, 0, 0, 0, 0x40, 0, 0, 0]) : Intruder.Open(id, "/echo/1.0.0"),
                    .. Intruder.Frame(YamuxFrameType.WindowUpdate, i < 4 ? YamuxFlags.Fin : YamuxFlags.None, id, 1 << 30),
                ],
                over);
        }

        var data = new byte[60_000];
        for (var round = 0; round < 4; round++)
        {
            for (uint i = 4; i < 20; i++)
                await intruder.SendAsync(Intruder.Data(YamuxFlags.None, 1 + (2 * i), data), over);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over);
    }, over);

    /// <summary>Pings of the session as fast as they go, and pings of the protocol whose answers are not taken.</summary>
    public static Task PingFloodAsync(Battlefield field, CancellationToken over) => ManyAsync(field, 4, async number =>
    {
        using var intruder = await Intruder.EnterAsync(field, over);
        if (number % 2 == 0)
        {
            byte[] pings = [.. Enumerable.Range(0, 4_000).SelectMany(i => Intruder.Frame(YamuxFrameType.Ping, YamuxFlags.Syn, 0, (uint)i))];
            await intruder.SendAsync(pings, over);
            await intruder.ListenAsync(over);
            return;
        }

        await intruder.SendAsync([.. Intruder.Open(1, "/ipfs/ping/1.0.0"), .. Intruder.Frame(YamuxFrameType.WindowUpdate, YamuxFlags.None, 1, 1 << 30)], over);
        var sent = 0;
        for (; sent < 7 * YamuxOptions.InitialWindow / 8; sent += 32 * 1024)
            await intruder.SendAsync(Intruder.Data(YamuxFlags.None, 1, new byte[32 * 1024]), over);
        await intruder.ListenAsync(over);
    }, over);

    /// <summary>More data than the window allows, on streams that nobody reads and on one that is read.</summary>
    public static Task WindowOverrunAsync(Battlefield field, CancellationToken over) => ManyAsync(field, 4, async number =>
    {
        using var intruder = await Intruder.EnterAsync(field, over);
        await intruder.SendAsync(number % 2 == 0 ? Intruder.Open(1, "/echo/1.0.0") : Intruder.Open(1, "/perf/1.0.0", new byte[8]), over);
        for (var i = 0; i < 1_000; i++)
            await intruder.SendAsync(Intruder.Data(YamuxFlags.None, 1, new byte[60_000]), over);
        await intruder.ListenAsync(over);
    }, over);

    private static async Task SayAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken over)
    {
        try
        {
            await socket.SendAsync(bytes, over);
        }
        catch (SocketException)
        {
            // Refused already.
        }
    }

    /// <summary>So many strangers at once; whoever is thrown out comes again as somebody else, all together at most a thousand times a second.</summary>
    private static Task ManyAsync(Battlefield field, int count, Func<int, Task> attack, CancellationToken over) => Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(10, count)));
        while (!over.IsCancellationRequested)
        {
            try
            {
                await attack(number);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception thrownOut) when (thrownOut is IOException or SocketException or ObjectDisposedException)
            {
                // As it should be.
            }

            field.OnThrownOut();
            await WaitAsync(pace, over);
        }
    }));

    private static async Task WaitAsync(PeriodicTimer pace, CancellationToken over)
    {
        try
        {
            await pace.WaitForNextTickAsync(over);
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
