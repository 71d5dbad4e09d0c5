using Betar.Libp2p;
using Betar.Libp2p.Protocols;

namespace Betar.Node.Tests.Support;

/// <summary>Two peers on this machine: one serves a protocol, the other opens streams for it.</summary>
internal sealed class PeerPair : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _protocol;

    private PeerPair(string protocol, Libp2pHost server, Libp2pHost client) => (_protocol, Server, Client) = (protocol, server, client);

    public Libp2pHost Server { get; }

    public Libp2pHost Client { get; }

    public string Address => Server.Addresses[0].ToString();

    public static async Task<PeerPair> StartAsync(string protocol, ProtocolHandler handler)
    {
        Libp2pHost server = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Handle(protocol, handler).Build();
        Libp2pHost client = Libp2pHost.CreateBuilder().Build();
        await server.StartAsync();
        await client.StartAsync();
        return new PeerPair(protocol, server, client);
    }

    public Task<Libp2pStream> OpenAsync() => Client.OpenStreamAsync(Server.Addresses[0], _protocol);

    /// <summary>Says these bytes and no more, and hears the other side to its end; a reset is an end too.</summary>
    public async Task<byte[]> TalkAsync(byte[] words)
    {
        using var limit = new CancellationTokenSource(s_patience);
        await using Libp2pStream stream = await OpenAsync();
        using var heard = new MemoryStream();
        try
        {
            await stream.WriteAsync(words, limit.Token);
            await stream.CloseWriteAsync(limit.Token);
            await stream.CopyToAsync(heard, limit.Token);
        }
        catch (Libp2pException fault) when (fault.Code == Libp2pError.StreamReset)
        {
            // Nothing more will come.
        }
        return heard.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
