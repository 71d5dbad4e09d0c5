using System.Security.Cryptography;
using System.Text;

namespace Betar.Agents.Http;

/// <summary>How a webhook knows that a request is the node's: HMAC-SHA256 over the time, a dot and the body.</summary>
internal static class WebhookSignature
{
    public const string TimeHeader = "X-Betar-Timestamp";

    public const string Header = "X-Betar-Signature";

    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] key = Encoding.UTF8.GetBytes(secret);
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hash.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
            hash.AppendData(body);
            return "v1=" + Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
