using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>The protocols of <c>served.js</c>, on our side: what one of the two serves the other can be asked for.</summary>
internal sealed class Served
{
    public const string Echo = "/echo/1.0.0";
    public const string Digest = "/interop/digest/1.0.0";
    public const string HalfCloseFirst = "/interop/half-close-first/1.0.0";
    public const string Source = "/interop/source/1.0.0";
    public const string Reset = "/interop/reset/1.0.0";
    public const string Silent = "/interop/silent/1.0.0";

    /// <summary>What the peer still sent after we had half-closed.</summary>
    public TaskCompletionSource<byte[]> AfterHalfClose { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How the peer ended a stream on which we said nothing.</summary>
    public TaskCompletionSource<Libp2pError?> SilentEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Libp2pHostBuilder On(Libp2pHostBuilder builder) => builder
        .WithEcho()
        .WithPerf()
        .Handle(Digest, DigestAsync)
        .Handle(HalfCloseFirst, HalfCloseFirstAsync)
        .Handle(Source, SourceAsync)
        .Handle(Reset, ResetAsync)
        .Handle(Silent, SilentAsync);

    public static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, cancel);
        return all.ToArray();
    }

    /// <summary>Reads and says nothing.</summary>
    public static Task DrainAsync(Libp2pStream stream, CancellationToken cancel) => ReadAllAsync(stream, cancel);

    private static async Task DigestAsync(Libp2pStream stream, CancellationToken cancel)
    {
        var bytes = await ReadAllAsync(stream, cancel);
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { bytes = bytes.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }), cancel);
    }

    private static async Task SourceAsync(Libp2pStream stream, CancellationToken cancel)
    {
        var head = new byte[8];
        await stream.ReadExactlyAsync(head, cancel);
        await stream.WriteAsync(Pattern.Create((int)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)), (int)BinaryPrimitives.ReadUInt32BigEndian(head)), cancel);
    }

    private static async Task ResetAsync(Libp2pStream stream, CancellationToken cancel)
    {
        await stream.ReadExactlyAsync(new byte[1], cancel);
        stream.Reset();
    }

    private async Task HalfCloseFirstAsync(Libp2pStream stream, CancellationToken cancel)
    {
        await stream.WriteAsync("hello"u8.ToArray(), cancel);
        await stream.CloseWriteAsync(cancel);
        AfterHalfClose.TrySetResult(await ReadAllAsync(stream, cancel));
    }

    private async Task SilentAsync(Libp2pStream stream, CancellationToken cancel)
    {
        try
        {
            await ReadAllAsync(stream, cancel);
            SilentEnd.TrySetResult(null);
        }
        catch (Libp2pException ended)
        {
            SilentEnd.TrySetResult(ended.Code);
        }
    }
}
