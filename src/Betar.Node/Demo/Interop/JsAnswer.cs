using System.Text.Json;
using Betar.X402.Protocol;

namespace Betar.Node.Demo.Interop;

/// <summary>What the seller said to a payment.</summary>
/// <param name="Output">Empty: it was refused.</param>
/// <param name="Transaction">The settlement's, or the refund's; empty: none.</param>
/// <param name="Error">Empty: it was delivered.</param>
/// <param name="Retryable">Showing the payment again may bring something else.</param>
internal sealed record JsAnswer(string Output, string Transaction, string Error, bool Retryable)
{
    private const string Hash = "0x";

    /// <summary>In how many characters a transaction's hash is written.</summary>
    private const int HashLength = 66;

    public static JsAnswer Read(JsonElement answer)
    {
        JsonElement message = answer.GetProperty("message");
        if (answer.GetProperty("type").GetString() == MessageTypes.Response)
            return new JsAnswer(OutputBody.Decode(message.GetProperty("body").GetBytesFromBase64()), message.GetProperty("tx_hash").GetString()!, "", false);
        string said = message.GetProperty("message").GetString()!;
        int at = said.IndexOf(Hash, StringComparison.Ordinal);
        string hash = at >= 0 && said.Length >= at + HashLength ? said.Substring(at, HashLength) : "";
        return new JsAnswer("", hash, $"{message.GetProperty("error_code")} {message.GetProperty("error_name").GetString()} {said}", message.GetProperty("retryable").GetBoolean());
    }
}
