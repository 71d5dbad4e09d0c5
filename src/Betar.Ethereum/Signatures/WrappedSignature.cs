namespace Betar.Ethereum;

/// <summary>ERC-6492: a signature together with what creates the wallet that it belongs to.</summary>
internal sealed record WrappedSignature(Address Factory, byte[] Preparation, byte[] Inner)
{
    static readonly AbiType[] _types = [AbiType.Parse("address"), AbiType.Parse("bytes"), AbiType.Parse("bytes")];

    static ReadOnlySpan<byte> Mark =>
    [
        0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92,
        0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92, 0x64, 0x92,
    ];

    internal static bool IsWrapped(ReadOnlySpan<byte> signature) => signature.EndsWith(Mark);

    internal static WrappedSignature? TryRead(ReadOnlySpan<byte> signature) =>
        AbiDecoder.TryDecode(_types, signature[..^Mark.Length], out var values)
            ? new WrappedSignature((Address)values[0], (byte[])values[1], (byte[])values[2])
            : null;

    internal byte[] Encode() => [.. AbiEncoder.Encode(_types, [Factory, Preparation, Inner]), .. Mark];

    /// <summary>What is inside may be usable: it is never printed.</summary>
    public override string ToString() => $"a signature of a wallet made by {Factory}";
}
