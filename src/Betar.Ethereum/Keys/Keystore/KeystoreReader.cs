using System.Text.Json;
using Betar.Crypto;

namespace Betar.Ethereum.Keys;

/// <summary>Reads the JSON of a key file. Foreign bytes: every other shape is a fault, and nothing is derived here.</summary>
internal static class KeystoreReader
{
    const int Version = 3;
    const int KeySize = 32;
    const int MaxSaltBytes = 64;
    const int MaxDepth = 8;
    const string Cipher = "aes-128-ctr";

    internal static KeystoreFault Read(ReadOnlyMemory<byte> json, out KeystoreDocument? document, out string detail)
    {
        document = null;
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return ReadRoot(parsed.RootElement, out document, out detail);
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException)
        {
            // The second is what text that is no UTF-8 or half of a surrogate pair gives.
            detail = "it is no JSON";
            return KeystoreFault.Malformed;
        }
    }

    static KeystoreFault ReadRoot(JsonElement root, out KeystoreDocument? document, out string detail)
    {
        document = null;
        if (root.ValueKind != JsonValueKind.Object || !TryNumber(root, "version", out var version))
            return Malformed("it has no version", out detail);
        if (version != Version)
            return Unsupported($"version {version}", out detail);
        if (!TryObject(root, "crypto", out var crypto) && !TryObject(root, "Crypto", out crypto))
            return Malformed("it has no crypto", out detail);
        if (Text(crypto, "cipher") is not Cipher)
            return Unsupported("a cipher that is not " + Cipher, out detail);
        if (!TryObject(crypto, "cipherparams", out var cipher) || !TryBytes(cipher, "iv", AesCtr.CounterSize, AesCtr.CounterSize, out var counter))
            return Malformed("its iv is not 16 bytes", out detail);
        if (!TryBytes(crypto, "ciphertext", KeySize, KeySize, out var ciphertext) || !TryBytes(crypto, "mac", KeySize, KeySize, out var mac))
            return Malformed("its ciphertext or its mac is not 32 bytes", out detail);
        if (!TryObject(crypto, "kdfparams", out var parameters) || !TryNumber(parameters, "dklen", out var length) || length != KeyDerivation.KeySize)
            return Malformed("its dklen is not 32", out detail);
        if (!TryBytes(parameters, "salt", 1, MaxSaltBytes, out var salt))
            return Malformed("its salt is not 1 to 64 bytes", out detail);
        var fault = ReadDerivation(crypto, parameters, out var derivation, out detail);
        if (derivation is null)
            return fault;
        if (!TryAddress(root, out var address))
            return Malformed("its address is no address", out detail);
        document = new KeystoreDocument(address, derivation, salt, counter, ciphertext, mac);
        return KeystoreFault.None;
    }

    static KeystoreFault ReadDerivation(JsonElement crypto, JsonElement parameters, out KeyDerivation? derivation, out string detail)
    {
        derivation = null;
        detail = "";
        switch (Text(crypto, "kdf"))
        {
            case ScryptDerivation.Kind:
                if (!TryNumber(parameters, "n", out var n) || !TryNumber(parameters, "r", out var r) || !TryNumber(parameters, "p", out var p))
                    return Malformed("a number of scrypt is missing or too large", out detail);
                derivation = new ScryptDerivation(n, r, p);
                return KeystoreFault.None;
            case Pbkdf2Derivation.Kind:
                if (Text(parameters, "prf") is not Pbkdf2Derivation.Function)
                    return Unsupported("a function of PBKDF2 that is not " + Pbkdf2Derivation.Function, out detail);
                if (!TryNumber(parameters, "c", out var rounds))
                    return Malformed("the rounds of PBKDF2 are missing or too many", out detail);
                derivation = new Pbkdf2Derivation(rounds);
                return KeystoreFault.None;
            default:
                return Unsupported("a derivation that is neither scrypt nor pbkdf2", out detail);
        }
    }

    // With or without 0x; absent, null and empty mean that the file does not say.
    static bool TryAddress(JsonElement root, out Address? address)
    {
        address = null;
        if (!root.TryGetProperty("address", out var element) || element.ValueKind == JsonValueKind.Null)
            return true;
        if (element.ValueKind != JsonValueKind.String)
            return false;
        var text = element.GetString()!;
        if (text.Length == 0)
            return true;
        if (!Address.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text : "0x" + text, out var parsed))
            return false;
        address = parsed;
        return true;
    }

    static bool TryObject(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;

    static bool TryNumber(JsonElement parent, string name, out int value)
    {
        value = 0;
        return parent.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }

    static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    static bool TryBytes(JsonElement parent, string name, int min, int max, out byte[] bytes)
    {
        bytes = [];
        var text = Text(parent, name);
        return text is not null && PrefixedHex.TryDecode(text.StartsWith("0x", StringComparison.Ordinal) ? text : "0x" + text, max, out bytes)
            && bytes.Length >= min;
    }

    static KeystoreFault Malformed(string what, out string detail)
    {
        detail = what;
        return KeystoreFault.Malformed;
    }

    static KeystoreFault Unsupported(string what, out string detail)
    {
        detail = what;
        return KeystoreFault.Unsupported;
    }
}
