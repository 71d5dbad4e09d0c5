using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>The object of eth_call and eth_estimateGas; gas and fees are read by nobody here.</summary>
internal readonly record struct CallArguments(Address From, Address? To, byte[] Data)
{
    internal static bool TryRead(ref Utf8JsonReader reader, out CallArguments arguments)
    {
        arguments = default;
        var from = Address.Zero;
        Address? to = null;
        byte[] data = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fits = true;
            if (reader.IsText("from"u8))
            {
                reader.Read();
                fits = reader.TokenType == JsonTokenType.Null || reader.TryGetAddress(out from);
            }
            else if (reader.IsText("to"u8))
            {
                reader.Read();
                var account = Address.Zero;
                fits = reader.TokenType == JsonTokenType.Null || reader.TryGetAddress(out account);
                to = reader.TokenType == JsonTokenType.Null ? null : account;
            }
            else if (reader.IsText("data"u8) || reader.IsText("input"u8))
            {
                reader.Read();
                fits = reader.TokenType == JsonTokenType.Null || reader.TryGetData(Eip1559Decoder.MaxRawBytes, out data);
            }
            else
            {
                reader.Skip();
            }

            if (!fits)
                return false;
        }

        arguments = new CallArguments(from, to, data);
        return true;
    }
}
