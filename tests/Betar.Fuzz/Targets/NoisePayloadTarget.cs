using System.Text;
using System.Text.Unicode;
using Betar.Fuzz.Support;
using Betar.Libp2p.Security.Noise;

namespace Betar.Fuzz.Targets;

/// <summary>What travels inside of the Noise handshake.</summary>
internal sealed class NoisePayloadTarget : IFuzzTarget
{
    private const int MaxName = 256;

    public string Name => "noise-payload";

    public bool Take(byte[] input)
    {
        var taken = NoisePayload.TryDecode(input, out var payload);
        var slow = Slow(input);
        FuzzException.Unless(taken == (slow is not null), $"taken: {taken}, the oracle: {slow is not null}");
        if (payload is null || slow is not { } expected)
            return false;
        FuzzException.Unless(payload.IdentityKey.Span.SequenceEqual(expected.Key) && payload.Signature.Span.SequenceEqual(expected.Signature), "another key or signature");
        FuzzException.Unless(payload.Muxers.SequenceEqual(expected.Muxers), $"{payload.Muxers.Count} muxers, the oracle: {expected.Muxers.Count}");
        return true;
    }

    internal static (byte[] Key, byte[] Signature, List<string> Muxers)? Slow(byte[] input)
    {
        if (SlowProtobuf.Read(input) is not { } fields)
            return null;
        var muxers = new List<string>();
        foreach (var (_, _, bytes) in fields.Where(field => field is { Field: 4, Type: 2 }))
        {
            if (SlowProtobuf.Read(bytes) is not { } extensions)
                return null;
            foreach (var (_, _, name) in extensions.Where(field => field is { Field: 2, Type: 2 }))
            {
                if (name.Length > MaxName || !Utf8.IsValid(name))
                    return null;
                muxers.Add(Encoding.UTF8.GetString(name));
            }
        }

        var key = fields.LastOrDefault(field => field is { Field: 1, Type: 2 }).Bytes;
        var signature = fields.LastOrDefault(field => field is { Field: 2, Type: 2 }).Bytes;
        return key is null || signature is null ? null : (key, signature, muxers.Count > NoisePayload.MaxMuxers ? [] : muxers);
    }
}
