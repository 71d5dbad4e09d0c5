using System.Text;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Transactions;

/// <summary>Vectors made with viem 2.56.8, and those of EIP-1014.</summary>
public sealed class ContractAddressTests
{
    [Theory]
    [InlineData(0, "0xA58bA60d7f63Ec2121cf0098D804A201E33Cc4E4")]
    [InlineData(1, "0xd2aE349d9467Fb25dA9230Ec4346c4a45e8E0C0e")]
    [InlineData(127, "0x9d8Ff5f2cb3Ae40A48C4024ce68CD2337e2F234b")]
    [InlineData(128, "0x1920a2a5932BF9c150eC6e6a4388ff86AF7B3c17")]
    [InlineData(255, "0x2189EC4bC6e8D1ab258AbbBEb35b4712139A517c")]
    [InlineData(256, "0x1016241a45AaDd4ff789D6FDB22FcA11297b009a")]
    [InlineData(65536, "0xBDA7dd3F731ABef33a713b6Da55Cb3e94B49d7f7")]
    public void An_account_creates_by_its_nonce(ulong nonce, string address) =>
        Assert.Equal(address, ContractAddress.OfCreate(TestKeys.PayerAddress, nonce).ToString());

    [Fact]
    public void A_contract_creates_by_salt_and_code()
    {
        var salt = new byte[32];
        Encoding.ASCII.GetBytes("salt").CopyTo(salt, 0);
        Assert.Equal(
            "0x9e093bc561BAA242eB553BD7B4945dcCbAe32177",
            ContractAddress.OfCreate2(TestKeys.PayerAddress, new Hash32(salt), [0x60, 0x01, 0x60, 0x02, 0x55]).ToString());
    }

    [Theory]
    [InlineData("0x0000000000000000000000000000000000000000", "00", "0x4D1A2e2bB4F88F0250f26Ffff098B0b30B26BF38")]
    [InlineData("0xdeadbeef00000000000000000000000000000000", "00", "0xB928f69Bb1D91Cd65274e3c79d8986362984fDA3")]
    [InlineData("0x0000000000000000000000000000000000000000", "deadbeef", "0x70f2b2914A2a4b783FaEFb75f459A580616Fcb5e")]
    [InlineData("0x0000000000000000000000000000000000000000", "", "0xE33C0C7F7df4809055C3ebA6c09CFe4BaF1BD9e0")]
    public void The_examples_of_EIP_1014_hold(string deployer, string code, string address) =>
        Assert.Equal(address, ContractAddress.OfCreate2(Address.Parse(deployer), Hash32.Zero, Convert.FromHexString(code)).ToString());
}
