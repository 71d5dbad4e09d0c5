using System.Buffers.Binary;
using System.Security.Cryptography;
using Betar.Interop.Tests.Partner;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>Much at once: windows that grow, streams side by side, hashes at the end.</summary>
public sealed class TransferTests(PartnerFixture partner) : InteropCase(partner)
{
    private const int Streams = 32;
    private const int Length = 8 * 1024 * 1024;

    [Fact]
    public async Task They_send_32_times_8_MiB_at_once_and_get_the_same_back()
    {
        await using var pair = await ConnectAsync(weDial: false);

        Assert.Equal(Streams, (await pair.Theirs.AskAsync("echoMany", new { peer = pair.Ours.PeerId, streams = Streams, length = Length })).Int("same"));
    }

    [Fact]
    public async Task We_send_32_times_8_MiB_at_once_and_get_the_same_back()
    {
        await using var pair = await ConnectAsync();

        var hashes = await Task.WhenAll(Enumerable.Range(1, Streams).Select(seed => EchoAsync(pair, seed)));

        Assert.All(hashes, hash => Assert.Equal(hash.Sent, hash.Received));
    }

    [Theory]
    [InlineData(20_000_000, 0)]
    [InlineData(0, 20_000_000)]
    [InlineData(1_000_000, 3_000_000)]
    public async Task They_measure_us(int up, int down)
    {
        await using var pair = await ConnectAsync(weDial: false);

        Assert.Equal(down, (await pair.Theirs.AskAsync("perf", new { peer = pair.Ours.PeerId, up, down })).Int("received"));
    }

    [Theory]
    [InlineData(20_000_000, 0)]
    [InlineData(0, 20_000_000)]
    [InlineData(1_000_000, 3_000_000)]
    public async Task We_measure_them(int up, int down)
    {
        await using var pair = await ConnectAsync();
        await using var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, ["/perf/1.0.0"], Patience);
        var head = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(head, down);

        var reading = Served.ReadAllAsync(stream, Patience);
        await stream.WriteAsync(head, Patience);
        await stream.WriteAsync(new byte[up], Patience);
        await stream.CloseWriteAsync(Patience);

        Assert.Equal(down, (await reading).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_507)]
    [InlineData(65_508)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    public async Task Lengths_at_the_edges_of_frames_and_windows_come_whole(int length)
    {
        await using var pair = await ConnectAsync();

        Assert.True((await pair.Theirs.AskAsync("echo", new { peer = pair.Ours.PeerId, length })).Is("same"));
        var (sent, received) = await EchoAsync(pair, 3, length);
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task They_ask_2000_small_things_a_hundred_at_once()
    {
        await using var pair = await ConnectAsync(weDial: false);

        for (var i = 0; i < 20; i++)
            Assert.Equal(100, (await pair.Theirs.AskAsync("echoMany", new { peer = pair.Ours.PeerId, streams = 100, length = 1024 })).Int("same"));
    }

    [Fact]
    public async Task We_ask_2000_small_things_one_after_the_other()
    {
        await using var pair = await ConnectAsync();

        for (var i = 0; i < 2000; i++)
        {
            var (sent, received) = await EchoAsync(pair, i, 1024);
            Assert.Equal(sent, received);
        }
    }

    private async Task<(string Sent, string Received)> EchoAsync(Pair pair, int seed, int length = Length)
    {
        var sent = Pattern.Create(length, seed);
        await using var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, [Served.Echo], Patience);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reading = HashAsync(stream, hash);
        await stream.WriteAsync(sent, Patience);
        await stream.CloseWriteAsync(Patience);
        await reading;
        return (Convert.ToHexString(SHA256.HashData(sent)), Convert.ToHexString(hash.GetHashAndReset()));
    }

    private async Task HashAsync(Stream stream, IncrementalHash hash)
    {
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, Patience) is > 0 and var read)
            hash.AppendData(buffer.AsSpan(0, read));
    }
}
