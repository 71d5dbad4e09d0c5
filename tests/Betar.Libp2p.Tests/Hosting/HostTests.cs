using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Hosting;

public sealed class HostTests
{
    [Fact]
    public async Task Over_tcp_a_stream_echoes_and_half_closes()
    {
        await using var listener = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").WithEcho().Build();
        await using var dialer = Libp2pHost.CreateBuilder().Build();
        await listener.StartAsync();
        await dialer.StartAsync();

        await using var stream = await dialer.OpenStreamAsync(listener.Addresses[0], "/echo/1.0.0");
        var sent = new byte[200_000];
        new Random(7).NextBytes(sent);
        var writing = Task.WhenAll(stream.WriteAsync(sent).AsTask());
        var received = new byte[sent.Length];
        await stream.ReadExactlyAsync(received);
        await writing;
        await stream.CloseWriteAsync();

        Assert.Equal(sent, received);
        Assert.Equal(0, await stream.ReadAsync(received));
        Assert.Equal(listener.PeerId, stream.RemotePeer);
        Assert.Equal(("/noise", "/yamux/1.0.0", true, false), (stream.Connection.Security, stream.Connection.Muxer, stream.Connection.EarlyMuxer, stream.Connection.Inbound));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_a_simulation_a_stream_echoes(int seed) => Simulated.Run(seed, async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());

        await using var stream = await pair.OpenAsync("/echo/1.0.0");
        await stream.WriteAsync("hello"u8.ToArray());
        await stream.CloseWriteAsync();
        var buffer = new byte[6];

        Assert.Equal(5, await stream.ReadAsync(buffer));
        Assert.Equal("hello"u8.ToArray(), buffer[..5]);
        Assert.Equal(0, await stream.ReadAsync(buffer));
    });
}
