using Betar.Crypto;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Transactions;

/// <summary>Transactions that another library signed: viem 2.56.8 with keys known to everybody.</summary>
internal static class SignedVectors
{
    internal static readonly PrivateKey Anvil = PrivateKey.Import(Convert.FromHexString("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));

    internal static IEnumerable<SignedVector> All =>
    [
        new(
            TestKeys.Payer,
            new Eip1559Transaction
            {
                ChainId = 84532,
                Nonce = 0,
                MaxPriorityFeePerGas = UInt256.Parse("0"),
                MaxFeePerGas = UInt256.Parse("0"),
                GasLimit = 150000,
                To = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e"),
                Value = UInt256.Parse("0"),
                Data = Convert.FromHexString("a9059cbb0000000000000000000000002ed99c696a0992747886c1a29bd81e4d055c2a57000000000000000000000000000000000000000000000000000000000000c350"),
            },
            Convert.FromHexString("02f8ab83014a34808080830249f094036cbd53842c5426634e7929541ec2318f3dcf7e80b844a9059cbb0000000000000000000000002ed99c696a0992747886c1a29bd81e4d055c2a57000000000000000000000000000000000000000000000000000000000000c350c001a026ab6656a7574eaee6701483df503432cc8ba2a4ac76870bf65ce99428011b5fa051a86f2e704b13e1b2db32ee2df7bf3b3c323acb9f19405a1af99fad3385cf13"),
            Hash32.Parse("0xb8215e772f1c8eb440804f5ef0ceb0a6d68d433cbb676ea5c2e26ac0910d5df3"),
            Address.Parse("0x40D6B846c1A945d2dfde794666F3B948FAF126B1")),
        new(
            Anvil,
            new Eip1559Transaction
            {
                ChainId = 31337,
                Nonce = 127,
                MaxPriorityFeePerGas = UInt256.Parse("1500000000"),
                MaxFeePerGas = UInt256.Parse("30000000000"),
                GasLimit = 21000,
                To = Address.Parse("0x2eD99C696a0992747886C1a29BD81e4d055c2A57"),
                Value = UInt256.Parse("1000000000000000001"),
                Data = Array.Empty<byte>(),
            },
            Convert.FromHexString("02f875827a697f8459682f008506fc23ac00825208942ed99c696a0992747886c1a29bd81e4d055c2a57880de0b6b3a764000180c080a085313182b874c033f90d1b99ab4fe32e397255c2656afc99fd8b06067b814aeea049f6a59f03c0a8fe4971d2911836232309fe15cd8ed6e96c44c67ef4d1af26da"),
            Hash32.Parse("0xc0c3b729451216d7e82630cde3fa2d8994de12c811d6e870b7e3700db96b5b26"),
            Address.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")),
        new(
            Anvil,
            new Eip1559Transaction
            {
                ChainId = 1,
                Nonce = 128,
                MaxPriorityFeePerGas = UInt256.Parse("1"),
                MaxFeePerGas = UInt256.Parse("115792089237316195423570985008687907853269984665640564039457584007913129639935"),
                GasLimit = 3000000,
                To = null,
                Value = UInt256.Parse("0"),
                Data = Convert.FromHexString(string.Concat(Enumerable.Repeat("00ff", 300))),
            },
            Convert.FromHexString("02f902ca01818001a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff832dc6c08080b90258" + string.Concat(Enumerable.Repeat("00ff", 300)) + "c080a089142483dabb4aeeb16aea48d7e036d5050690e87ade5b69b237ab042a008f22a006297f7bd64b2e04dd4e47b0a59612671d9bb934129c3a19af1733f0a13ba883"),
            Hash32.Parse("0x5af2fefb28e22e16dadf8d3ca9e407e811a3d18c7c5d69296b54d0703e464757"),
            Address.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")),
        new(
            TestKeys.Payer,
            new Eip1559Transaction
            {
                ChainId = 84532,
                Nonce = 1099511627776,
                MaxPriorityFeePerGas = UInt256.Parse("0"),
                MaxFeePerGas = UInt256.Parse("255"),
                GasLimit = 21000,
                To = Address.Parse("0x0000000000000000000000000000000000000000"),
                Value = UInt256.Parse("1606938044258990275541962092341162602522202993782792835301376"),
                Data = Array.Empty<byte>(),
            },
            Convert.FromHexString("02f88683014a34860100000000008081ff8252089400000000000000000000000000000000000000009a010000000000000000000000000000000000000000000000000080c080a012ade985c5c6ffbf1738872aa6ef9da77db552b8c703b4777203ff6dfa9fd9e3a00c41b1dc2320654df5a3032374d3d3334ecf4e5a430383088e0e1d888b5b6428"),
            Hash32.Parse("0x970a3275eccede32e30e7d60ee15beda5ead6cb5e5d03efc6eec674ef15b6693"),
            Address.Parse("0x40D6B846c1A945d2dfde794666F3B948FAF126B1")),
    ];
}
