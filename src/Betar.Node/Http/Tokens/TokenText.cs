using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Betar.Node.Http.Tokens;

/// <summary>Tokens as their holders see them: 32 random bytes, so that a plain hash keeps them.</summary>
internal static class TokenText
{
    /// <summary>An operator's own token must be as hard to guess as one that is made here, as far as its length can say that.</summary>
    public const int LeastLength = 24;

    public const int MostLength = 512;

    private const string Mark = "btr_";
    private const int Size = 32;

    public static string Make() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
