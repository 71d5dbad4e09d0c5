namespace Betar.Ethereum;

/// <summary>Solidity's <c>Error(string)</c>, the data of a revert with a reason.</summary>
public static class RevertReason
{
    /// <summary>Longer reasons than this are not believed to be reasons.</summary>
    public const int MaxBytes = 1024;

    const uint Selector = 0x08c379a0;

    public static byte[] Encode(string reason) => AbiWriter.Call(Selector, 1).AddString(reason).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> data, out string reason)
    {
        reason = "";
        return AbiReader.TryOpenCall(data, Selector, out var reader)
            && reader.TryReadString(MaxBytes, out reason);
    }
}
