using System.Text;
using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>Random keys, passwords and damage: a file opens to its own key or not at all.</summary>
public sealed class KeystoreRandomTests
{
    static readonly KeystoreOptions _small = new() { MaxMemoryBytes = 1024 * 1024, MaxScryptWork = 1 << 10, MaxPbkdf2Rounds = 1_000 };

    [Fact]
    public void Whatever_is_sealed_opens_with_its_password_and_with_no_other()
    {
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 300; round++)
        {
            using var key = PrivateKey.Generate();
            byte[] password = Bytes(random, 40), other = [.. password, (byte)random.Next(256)];
            KeyDerivation derivation = random.Next(2) == 0 ? new ScryptDerivation(1 << random.Next(1, 5), random.Next(1, 4), random.Next(1, 3)) : new Pbkdf2Derivation(random.Next(1, 30));
            var file = KeystoreFile.Seal(key, password, derivation);

            using var opened = KeystoreFile.Open(file, password, _small).Key;
            Assert.True(opened is not null && Address.FromKey(opened) == Address.FromKey(key), $"seed {TestSeed.Value}, round {round}: {derivation}");
            Assert.Equal(Address.FromKey(key), KeystoreFile.AddressIn(file));
            Assert.Equal(KeystoreFault.WrongPassword, KeystoreFile.Open(file, other, _small).Fault);
        }
    }

    [Fact]
    public void A_damaged_file_opens_to_its_own_key_or_not_at_all()
    {
        var opened = 0;
        Fuzz.Mutate(KeystoreFile.Seal(TestKeys.Payer, "x"u8, new ScryptDerivation(2, 1, 1)), 20_000, TestSeed.Value, bytes =>
        {
            var result = KeystoreFile.Open(bytes, "x"u8, _small);
            Assert.Equal(result.Key is null, result.Fault != KeystoreFault.None);
            using var key = result.Key;
            opened += key is null ? 0 : 1;

            // The format's proof does not cover the cipher's counter: only the address does, where a file names one.
            Assert.True(key is null || KeystoreFile.AddressIn(bytes) is null || Address.FromKey(key) == TestKeys.PayerAddress);
        });

        Assert.InRange(opened, 100, 19_000);
    }

    [Fact]
    public void Members_of_any_value_are_refused_or_harmless_and_never_cost_much()
    {
        var random = new Random(TestSeed.Value);
        string[] values = ["null", "true", "-1", "0", "1", "2147483648", "\"\"", "\"0x\"", "[]", "{}", "[[[[]]]]", "\"" + new string('a', 64) + "\""];
        var good = KeystoreFile.Seal(TestKeys.Payer, "x"u8, new ScryptDerivation(2, 1, 1));
        for (var round = 0; round < 3_000; round++)
        {
            var root = JsonNode.Parse(good)!;
            for (var times = random.Next(1, 4); times > 0; times--)
                Replace(root.AsObject(), random, JsonNode.Parse(values[random.Next(values.Length)]));
            var result = KeystoreFile.Open(Encoding.UTF8.GetBytes(root.ToJsonString()), "x"u8, _small);
            Assert.True(
                result.Key is null ? result.Detail.Length > 0 : Address.FromKey(result.Key) == TestKeys.PayerAddress, $"seed {TestSeed.Value}, round {round}: {root.ToJsonString()}");
            result.Key?.Dispose();
        }
    }

    [Theory]
    [InlineData("\"n\":2", "\"n\":1e400")]
    [InlineData("\"version\":3", "\"version\":3.5")]
    [InlineData("\"kdf\":\"scrypt\"", "\"kdf\":\"\\ud800\"")]
    [InlineData("\"r\":1", "\"r\":[[[[[[[[[]]]]]]]]]")]
    public void Numbers_and_texts_that_JSON_lets_pass_are_refused(string good, string bad)
    {
        var text = Encoding.UTF8.GetString(KeystoreFile.Seal(TestKeys.Payer, "x"u8, new ScryptDerivation(2, 1, 1)));
        Assert.Contains(good, text, StringComparison.Ordinal);

        Assert.Equal(KeystoreFault.Malformed, KeystoreFile.Open(Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)), "x"u8).Fault);
    }

    [Fact]
    public void The_originals_files_damaged_are_read_or_refused()
    {
        Fuzz.Mutate(Encoding.ASCII.GetBytes(KeystoreVectors.Secret), 5_000, TestSeed.Value, bytes => BetarWalletFile.Read(bytes).Key?.Dispose());
        var good = KeystoreVectors.SealedWalletKey;
        Fuzz.Mutate(good, 60, TestSeed.Value, bytes =>
        {
            var result = BetarWalletFile.ReadSealed(bytes, KeystoreVectors.Password);
            using var key = result.Key;
            Assert.True(key is null || Address.FromKey(key).ToString() == KeystoreVectors.Address);
        });
    }

    static void Replace(JsonObject parent, Random random, JsonNode? value)
    {
        var name = parent.ElementAt(random.Next(parent.Count)).Key;
        if (parent[name] is JsonObject { Count: > 0 } child && random.Next(4) != 0)
            Replace(child, random, value);
        else if (random.Next(8) == 0 && parent.Count > 1)
            parent.Remove(name);
        else
            parent[name] = value;
    }

    static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most + 1)];
        random.NextBytes(bytes);
        return bytes;
    }
}
