using System.Globalization;
using System.Text.Json;

namespace Betar.Ethereum.Keys;

/// <summary>A transaction as an external signer takes it and gives it back.</summary>
internal static class TransactionJson
{
    internal static void Write(Utf8JsonWriter writer, Eip1559Transaction transaction, Address from)
    {
        writer.WriteStartObject();
        writer.WriteString("from", from.ToString());
        if (transaction.To is { } to)
            writer.WriteString("to", to.ToString());
        writer.WriteString("gas", Quantity(transaction.GasLimit));
        writer.WriteString("maxFeePerGas", Quantity(transaction.MaxFeePerGas));
        writer.WriteString("maxPriorityFeePerGas", Quantity(transaction.MaxPriorityFeePerGas));
        writer.WriteString("value", Quantity(transaction.Value));
        writer.WriteString("nonce", Quantity(transaction.Nonce));
        writer.WriteString("data", PrefixedHex.Encode(transaction.Data.Span));
        writer.WriteString("chainId", Quantity(transaction.ChainId));
        writer.WriteEndObject();
    }

    /// <summary>The bytes of the answer's member <c>raw</c>; its other members say the same once more.</summary>
    internal static bool Raw(ref Utf8JsonReader reader, out byte[] raw)
    {
        raw = [];
        var found = false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.IsText("raw"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            if (found || !reader.TryGetData(Eip1559Decoder.MaxRawBytes, out raw))
                return false;
            found = true;
        }

        return found;
    }

    static string Quantity(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        var digits = Convert.ToHexStringLower(bytes).TrimStart('0');
        return string.Create(CultureInfo.InvariantCulture, $"0x{(digits.Length == 0 ? "0" : digits)}");
    }
}
