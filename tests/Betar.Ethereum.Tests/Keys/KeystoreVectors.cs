using System.Text;
using System.Text.Json;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>The vectors of the definition, from the file beside this one.</summary>
internal static class KeystoreVectors
{
    static readonly JsonElement _root = Load();

    internal static byte[] Password => Encoding.UTF8.GetBytes(Text("password"));

    internal static string Secret => Text("secret");

    internal static string Address => Text("address");

    internal static byte[] SealedWalletKey => Encoding.UTF8.GetBytes(Text("sealedWalletKey"));

    internal static string Json(string kind) => _root.GetProperty(kind).GetRawText();

    static string Text(string name) => _root.GetProperty(name).GetString()!;

    static JsonElement Load()
    {
        using var stream = typeof(KeystoreVectors).Assembly.GetManifestResourceStream("keystore-vectors.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
