using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Tests.Hostile.Siege;

/// <summary>A host with its default limits, an honest peer that pings it, each in its own process, and as many strangers as there are loopback addresses.</summary>
internal sealed class Battlefield : IAsyncDisposable
{
    private readonly SiegeProcess _victim;
    private readonly SiegeProcess _honest;
    private int _strangers;
    private int _thrownOut;

    private Battlefield(SiegeProcess victim, SiegeProcess honest, Multiaddr address)
    {
        (_victim, _honest, Address) = (victim, honest, address);
        EndPoint = address.TryGetIpEndPoint(out var endPoint) ? endPoint : throw new ArgumentException($"{address} is no address of TCP.", nameof(address));
    }

    public Multiaddr Address { get; }

    public IPEndPoint EndPoint { get; }

    public static async Task<Battlefield> PrepareAsync()
    {
        var (victim, ready) = await SiegeProcess.StartAsync("listen");
        try
        {
            var address = ready["address"]!.GetValue<string>();
            var (honest, _) = await SiegeProcess.StartAsync("ping", address);
            return new Battlefield(victim, honest, Multiaddr.Parse(address));
        }
        catch
        {
            await victim.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many strangers the host has got rid of.</summary>
    public int ThrownOut => Volatile.Read(ref _thrownOut);

    public void OnThrownOut() => Interlocked.Increment(ref _thrownOut);

    /// <summary>How the host is: <c>memory</c>, <c>handles</c>, <c>connections</c>, <c>limitHits</c>; <c>collect</c> collects its garbage first.</summary>
    public Task<JsonNode> VictimAsync(string question = "report") => _victim.AskAsync(question);

    /// <summary>The honest peer's pings since it began to count; with <c>restart</c> it begins anew after that.</summary>
    public async Task<Pings> PingsAsync(string question = "report")
    {
        var said = await _honest.AskAsync(question);
        return new Pings(said["count"]!.GetValue<int>(), said["p50"]!.GetValue<double>(), said["p99"]!.GetValue<double>(), said["max"]!.GetValue<double>(), said["fault"]?.GetValue<string>());
    }

    /// <summary>A connection from an address of 127.0.0.0/8 that has not been used before, as far as there are any; the honest peer has 127.0.0.1.</summary>
    public Task<Socket> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(NewAddress(), cancellationToken);

    public async Task<Socket> ConnectAsync(IPAddress source, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(EndPoint, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public IPAddress NewAddress()
    {
        var number = Interlocked.Increment(ref _strangers);
        return IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.{1 + (number / 62_500 % 250)}.{1 + (number / 250 % 250)}.{1 + (number % 250)}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _honest.DisposeAsync();
        await _victim.DisposeAsync();
    }
}
