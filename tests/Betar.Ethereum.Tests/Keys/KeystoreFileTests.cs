using System.Text;
using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Keys;

public sealed class KeystoreFileTests
{
    static readonly KeyDerivation _quick = new ScryptDerivation(2, 1, 1);

    [Theory]
    [InlineData("pbkdf2")]
    [InlineData("scrypt")]
    public void The_vectors_of_the_definition_open(string kind)
    {
        var result = KeystoreFile.Open(Encoding.UTF8.GetBytes(KeystoreVectors.Json(kind)), KeystoreVectors.Password);

        Assert.True(result.TryGetKey(out var key), result.Detail);
        using (key)
        {
            Assert.Equal(KeystoreVectors.Secret, Hex(key));
            Assert.Equal(KeystoreVectors.Address, Address.FromKey(key).ToString());
        }
    }

    [Fact]
    public void Limits_beyond_their_range_are_a_fault_of_the_caller()
    {
        var fault = Assert.Throws<ArgumentException>(() => KeystoreFile.Open("{}"u8.ToArray(), "x"u8, new KeystoreOptions { MaxFileBytes = 0, MaxPbkdf2Rounds = 1 }));

        Assert.Contains("MaxFileBytes", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MaxPbkdf2Rounds", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scrypt")]
    [InlineData("pbkdf2")]
    public void What_is_sealed_opens_again_and_shows_nothing(string kind)
    {
        KeyDerivation derivation = kind == "scrypt" ? _quick : new Pbkdf2Derivation(2);
        byte[] json = KeystoreFile.Seal(TestKeys.Payer, "pässword"u8, derivation), twin = KeystoreFile.Seal(TestKeys.Payer, "pässword"u8, derivation);

        using var key = KeystoreFile.Open(json, "pässword"u8).Key!;

        Assert.Equal(Hex(TestKeys.Payer), Hex(key));
        Assert.Equal(TestKeys.PayerAddress, KeystoreFile.AddressIn(json));
        Assert.DoesNotContain(Hex(key), Encoding.UTF8.GetString(json), StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(json, twin);
    }

    [Fact]
    public void The_lasting_derivations_are_those_that_other_wallets_write()
    {
        Assert.Equal(new ScryptDerivation(262_144, 8, 1), KeyDerivation.Standard);
        Assert.Equal(new ScryptDerivation(4_096, 8, 1), KeyDerivation.Light);
        Assert.True(KeyDerivation.Standard.IsAllowed(new KeystoreOptions()));
    }

    [Fact]
    public void Another_password_opens_nothing()
    {
        var json = KeystoreFile.Seal(TestKeys.Payer, "right"u8, _quick);

        var result = KeystoreFile.Open(json, "wrong"u8);

        Assert.Equal((KeystoreFault.WrongPassword, null), (result.Fault, result.Key));
        Assert.DoesNotContain("wrong", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crypto.ciphertext")]
    [InlineData("crypto.mac")]
    [InlineData("crypto.kdfparams.salt")]
    public void A_changed_digit_opens_nothing(string path)
    {
        var result = Open(root =>
        {
            var text = At(root, path, out var parent, out var name);
            parent[name] = (text[0] == '0' ? '1' : '0') + text[1..];
        });

        Assert.Equal(KeystoreFault.WrongPassword, result.Fault);
    }

    [Fact]
    public void A_changed_iv_gives_another_key_and_the_address_tells()
    {
        var result = Open(root => root["crypto"]!["cipherparams"]!["iv"] = new string('0', 32));

        Assert.Equal((KeystoreFault.NotAKey, null), (result.Fault, result.Key));
    }

    [Theory]
    [InlineData("version", "4", KeystoreFault.Unsupported)]
    [InlineData("version", "1", KeystoreFault.Unsupported)]
    [InlineData("version", "\"3\"", KeystoreFault.Malformed)]
    [InlineData("crypto", "7", KeystoreFault.Malformed)]
    [InlineData("crypto.cipher", "\"aes-128-cbc\"", KeystoreFault.Unsupported)]
    [InlineData("crypto.cipherparams", "null", KeystoreFault.Malformed)]
    [InlineData("crypto.cipherparams.iv", "\"00\"", KeystoreFault.Malformed)]
    [InlineData("crypto.ciphertext", "\"\"", KeystoreFault.Malformed)]
    [InlineData("crypto.ciphertext", "\"zz\"", KeystoreFault.Malformed)]
    [InlineData("crypto.mac", "\"00\"", KeystoreFault.Malformed)]
    [InlineData("crypto.mac", "{}", KeystoreFault.Malformed)]
    [InlineData("crypto.kdf", "\"bcrypt\"", KeystoreFault.Unsupported)]
    [InlineData("crypto.kdf", "\"pbkdf2\"", KeystoreFault.Unsupported)]
    [InlineData("crypto.kdfparams", "[]", KeystoreFault.Malformed)]
    [InlineData("crypto.kdfparams.dklen", "31", KeystoreFault.Malformed)]
    [InlineData("crypto.kdfparams.dklen", "1000000000", KeystoreFault.Malformed)]
    [InlineData("crypto.kdfparams.salt", "\"\"", KeystoreFault.Malformed)]
    [InlineData("crypto.kdfparams.n", "99999999999", KeystoreFault.Malformed)]
    [InlineData("crypto.kdfparams.n", "3", KeystoreFault.TooExpensive)]
    [InlineData("crypto.kdfparams.n", "-2", KeystoreFault.TooExpensive)]
    [InlineData("crypto.kdfparams.n", "1073741824", KeystoreFault.TooExpensive)]
    [InlineData("crypto.kdfparams.r", "0", KeystoreFault.TooExpensive)]
    [InlineData("crypto.kdfparams.r", "2147483647", KeystoreFault.TooExpensive)]
    [InlineData("crypto.kdfparams.p", "2147483647", KeystoreFault.TooExpensive)]
    [InlineData("address", "5", KeystoreFault.Malformed)]
    [InlineData("address", "\"0x12\"", KeystoreFault.Malformed)]
    [InlineData("address", "\"0x0000000000000000000000000000000000000001\"", KeystoreFault.NotAKey)]
    public void Every_other_shape_is_refused(string path, string value, KeystoreFault fault)
    {
        var result = Open(root =>
        {
            At(root, path, out var parent, out var name);
            parent[name] = JsonNode.Parse(value);
        });

        Assert.Equal((fault, null), (result.Fault, result.Key));
        Assert.NotEmpty(result.Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":3}")]
    [InlineData("{\"version\":3,\"crypto\":{\"cipher\":\"\\ud800\"}}")]
    [InlineData("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")]
    public void What_is_no_key_file_is_malformed(string text)
    {
        Assert.Equal(KeystoreFault.Malformed, KeystoreFile.Open(Encoding.UTF8.GetBytes(text), "x"u8).Fault);
        Assert.Null(KeystoreFile.AddressIn(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("address")]
    [InlineData("id")]
    public void Members_that_may_be_missing_may_be_missing(string name)
    {
        using var key = Open(root => root.AsObject().Remove(name)).Key;
        Assert.NotNull(key);
    }

    [Fact]
    public void A_huge_file_is_refused_unread() =>
        Assert.Equal(KeystoreFault.Malformed, KeystoreFile.Open(new byte[17 * 1024], "x"u8).Fault);

    [Fact]
    public void Each_limit_holds_and_can_be_moved()
    {
        var scrypt = KeystoreFile.Seal(TestKeys.Payer, "x"u8, new ScryptDerivation(1 << 13, 2, 1));
        var pbkdf2 = KeystoreFile.Seal(TestKeys.Payer, "x"u8, new Pbkdf2Derivation(1_001));

        Assert.Equal(KeystoreFault.TooExpensive, KeystoreFile.Open(scrypt, "x"u8, new KeystoreOptions { MaxScryptWork = (1 << 14) - 1 }).Fault);
        Assert.Equal(KeystoreFault.TooExpensive, KeystoreFile.Open(scrypt, "x"u8, new KeystoreOptions { MaxMemoryBytes = 1024 * 1024 }).Fault);
        Assert.Equal(KeystoreFault.TooExpensive, KeystoreFile.Open(pbkdf2, "x"u8, new KeystoreOptions { MaxPbkdf2Rounds = 1_000 }).Fault);
        Assert.Equal(KeystoreFault.None, KeystoreFile.Open(scrypt, "x"u8, new KeystoreOptions { MaxScryptWork = 1 << 14 }).Fault);
        Assert.Equal(KeystoreFault.None, KeystoreFile.Open(pbkdf2, "x"u8, new KeystoreOptions { MaxPbkdf2Rounds = 1_001 }).Fault);
    }

    [Fact]
    public void Options_outside_their_range_are_all_named() =>
        Assert.Equal(4, new KeystoreOptions { MaxFileBytes = 0, MaxMemoryBytes = 0, MaxScryptWork = 0, MaxPbkdf2Rounds = 0 }.Validate().Count);

    [Fact]
    public void The_default_options_are_valid() => Assert.Empty(new KeystoreOptions().Validate());

    [Fact]
    public void A_cut_off_file_never_opens()
    {
        var json = KeystoreFile.Seal(TestKeys.Payer, "x"u8, _quick);
        for (var length = 0; length < json.Length; length++)
            Assert.Null(KeystoreFile.Open(json.AsMemory(0, length), "x"u8).Key);
    }

    static KeystoreResult Open(Action<JsonNode> change)
    {
        var root = JsonNode.Parse(KeystoreFile.Seal(TestKeys.Payer, "x"u8, _quick))!;
        change(root);
        return KeystoreFile.Open(Encoding.UTF8.GetBytes(root.ToJsonString()), "x"u8);
    }

    static string At(JsonNode root, string path, out JsonNode parent, out string name)
    {
        var names = path.Split('.');
        parent = names[..^1].Aggregate(root, (node, next) => node[next]!);
        name = names[^1];
        return parent[name]!.ToString();
    }

    static string Hex(PrivateKey key)
    {
        var bytes = new byte[32];
        key.Export(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
