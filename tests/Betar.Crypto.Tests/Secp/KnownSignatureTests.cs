using System.Security.Cryptography;
using System.Text;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests.Secp;

public class KnownSignatureTests
{
    private const string PayerKey = "d859d1687915ecd21dcbbb541447fb4acde5a464da6a831fcd99d0d5a6a581f7";
    private const string BuyerKey = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    // key, digest, r‖s‖v with v = 27/28: USDC authorisations on four chains, and the worked one of the stream protocol.
    private static readonly (string Key, string Hash, string Signature)[] Authorizations =
    [
        (PayerKey, "b09c0c59bb6eac825911345f407b7f68d6867f1043bcba11aeaecb88c96c7b00", "19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766a542529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c1c"),
        (PayerKey, "9b86fd7b5f30fa7f422eb1e7ef428a4aa5310bf38ed4abf07c07eb7b1b41335e", "7fd13848b3c4b558359be743f60c5ff8ac56a7a7cec0010b313a0de2a28a41a662bf29efc23e6bdeba07ac064225d9e2174d47151235afd0e0e7f8aeb5de768a1b"),
        (PayerKey, "90f8b18fdf094b47ecdabeb13e74e8e5cf242d3f3552c1e461c2be9971f63cae", "b9111494bde99d48fc4e7d318186ae8ad604cce21d345c8848b0901c024445da309a0196c35d095934936b37ac9f1231e0fd02887da940d1e3bafddafda56b6e1c"),
        (PayerKey, "bbadfe6334b06e0d9a9fec18e023b779251688e4615bc45c0fae6ca69e638ac0", "0389c5eb5beb11fe8f02d5cd36c95c95d171caf357d9dee3bcd556acb4b7dfd534d3aa964a5c15521620e2c40454478ed939ac6bee9d739ccba2fe32e4b138e21c"),
        (PayerKey, "3c205ef117d23bcdc82f10f45ec98564cb2df9f88eb59f94d4ec88b28d78fb72", "1a6c934e718c14e24fd236ee86988fdfe1b4025a64cf7d821447ba84eb60de073f8752be0126ae5daf78fe4c54e1a1b5e586e13f4748a29a3ab19b571a0e7d5e1b"),
        (PayerKey, "f9e23d9a67dd1b71317f6dd7b7c58a7e6f6041b37f12033e65a0bc0e95909229", "a74c6c31344d06c47928a4afe8316d055b4f25da8d7a4f3cefd70c45c8362ae52aa9360dff96656693d1b9119f213adf922d763835ef2757907944d1c56545751c"),
        (PayerKey, "7696a21ecf0bef5929ee406eeca88d6137fd77eb6c38fd190eae168bd0686ea4", "5caf856a148ed9adb3597a837a3235ffb504410970e7f97e5050484c4a56489867b24fbddd1530396785e93ada1ddeb0590c89daa13fd89da20b4b487fc5018c1b"),
        (PayerKey, "da7a36edd90ab759ebabd6f2dd8decc86e442275ac91e7df87b960a984232c83", "556631bd195ca6331ed72ecfe0aede9093fa1e8545d6e0097ad58e5c09138de35ab4c0eac3c950c4e092f93ab9e01f7e18f8f420686f73cbc67cab25cd19e48c1b"),
        (BuyerKey, "a1e501b885d5333bd23d71004bbdf288caa53e178961c04930905f12192cf152", "b860d29881e567abae4bf37067ae3b2301d78b11588f61ed23338586337bfd0b1f4ead908e1a5c05aad1746e72015075ac5743b1de9e20d8c773a442d025adf51c"),
    ];

    // The vectors that secp256k1 libraries share for RFC 6979 with SHA-256: key, message, r‖s with low s.
    private static readonly (string Key, string Message, string Signature)[] Rfc6979 =
    [
        ("0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto", "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"),
        ("0000000000000000000000000000000000000000000000000000000000000001", "All those moments will be lost in time, like tears in rain. Time to die...", "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"),
        ("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto", "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d06b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"),
        ("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing", "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"),
    ];

    public static TheoryData<string, string, string, string> AuthorizationCases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (var name in Backends.Names)
        {
            foreach (var (key, hash, signature) in Authorizations)
            {
                cases.Add(name, key, hash, signature);
            }
        }

        return cases;
    }

    public static TheoryData<string, string, string, string> Rfc6979Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (var name in Backends.Names)
        {
            foreach (var (key, message, signature) in Rfc6979)
            {
                cases.Add(name, key, message, signature);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(AuthorizationCases))]
    public void Published_authorisations_are_reproduced_and_recovered(string backend, string key, string hash, string signature)
    {
        var signed = Backends.Sign(backend, Hex(key), Hex(hash));
        Assert.Equal(signature, Hex([.. signed[..64], (byte)(signed[64] + 27)]));

        var recovered = new byte[64];
        Assert.True(Backends.Open(backend).TryRecover(Hex(hash), signed.AsSpan(0, 64), signed[64], recovered));
        Assert.Equal(Backends.PublicKey(backend, Hex(key)), recovered);
    }

    [Theory]
    [MemberData(nameof(Rfc6979Cases))]
    public void Rfc6979_vectors_are_reproduced(string backend, string key, string message, string signature)
    {
        var signed = Backends.Sign(backend, Hex(key), SHA256.HashData(Encoding.ASCII.GetBytes(message)));
        Assert.Equal(signature, Hex(signed.AsSpan(0, 64)));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_generator_is_the_public_key_of_one(string backend) =>
        Assert.Equal(
            "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
            Hex(Backends.PublicKey(backend, Be32(1))));

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_address_of_a_known_key_is_the_last_20_bytes_of_its_hash(string backend) =>
        Assert.Equal("2c7536e3605d9c16a7a3d7b1898e529396a65c23", Hex(Keccak256.Hash(Backends.PublicKey(backend, Hex(BuyerKey))).AsSpan(12)));
}
