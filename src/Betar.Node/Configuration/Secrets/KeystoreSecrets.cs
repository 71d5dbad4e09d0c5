using System.Security.Cryptography;
using System.Text;
using Betar.Node.Folder;

namespace Betar.Node.Configuration.Secrets;

/// <summary>Secrets that are no wallets, such as the keys of model providers: one file each beside the wallets, for the owner alone.</summary>
internal sealed class KeystoreSecrets(DataFolder folder)
{
    public const string Extension = ".secret";

    /// <summary>The longest secret, in bytes.</summary>
    public const int Longest = 16 * 1024;

    /// <summary>The node's own key for Google's models, and the one for OpenAI's or whoever speaks as it does.</summary>
    public const string GoogleKey = "google-api-key";

    public const string OpenAiKey = "openai-api-key";

    public static bool IsName(string name) => Wallets.IsName(name);

    public string FileOf(string name) => Path.Combine(folder.Keystore, name + Extension);

    /// <summary>Puts a secret under a name, in the place of an older one. Returns the reference that leads to it.</summary>
    public string Put(string name, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret + "\n");
        try
        {
            SecretFile.Replace(FileOf(name), bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        return SecretReference.Keystore + name;
    }

    /// <summary>A name for one field of one agent: readable, and different for different agents.</summary>
    public static string NameFor(string agent, string field)
    {
        var readable = new string([.. $"{agent}-{field}".ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-').Take(48)]);
        return $"{readable}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{agent}\n{field}")).AsSpan(0, 4))}";
    }
}
