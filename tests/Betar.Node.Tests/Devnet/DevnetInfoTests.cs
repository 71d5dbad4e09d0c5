using System.Text;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Devnet;

public sealed class DevnetInfoTests
{
    private static readonly DevnetInfo Example = new(new Uri("http://127.0.0.1:8545/"), 84532,
        Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e"), Environment.ProcessId, "key");

    [Fact]
    public void What_is_written_is_read_back() => Assert.Equal(Example, DevnetInfo.TryParse(Write(Example)));

    [Fact]
    public void Where_there_is_a_vault_it_is_named()
    {
        var vault = Address.Parse("0x3BF7148ae0e9eFF2e9067D5f77719367B816Ae9B");
        Assert.Equal(vault, DevnetInfo.TryParse(Write(Example with { Vault = vault }))!.Vault);
        Assert.DoesNotContain("vault", Write(Example), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_left_out_when_there_is_none() =>
        Assert.DoesNotContain("stopKey", Write(Example with { StopKey = null }), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"url":"http://127.0.0.1:1/","chainId":-1,"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","pid":1}""")]
    [InlineData("""{"url":"http://127.0.0.1:1/","chainId":1,"token":"0x","pid":1}""")]
    [InlineData("""{"url":"http://127.0.0.1:1/","chainId":1,"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","pid":"1"}""")]
    [InlineData("""{"url":"nowhere","chainId":1,"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","pid":1}""")]
    [InlineData("""{"url":"http://192.0.2.1:1/","chainId":1,"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","pid":1}""")]
    [InlineData("""{"url":7,"chainId":1,"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","pid":1}""")]
    public void A_note_that_is_damaged_or_leads_off_this_machine_is_nothing(string text) => Assert.Null(DevnetInfo.TryParse(text));

    [Fact]
    public void The_note_of_a_dead_process_is_nothing()
    {
        using var temp = new TempFolder();
        temp.File("devnet.json", Write(Example));
        Assert.Equal(Example, DevnetInfo.Read(temp.Data));

        temp.File("devnet.json", Write(Example with { ProcessId = int.MaxValue }));
        Assert.Null(DevnetInfo.Read(temp.Data));
    }

    [Fact]
    public void Without_a_note_there_is_nothing()
    {
        using var temp = new TempFolder();

        Assert.Null(DevnetInfo.Read(temp.Data));
    }

    private static string Write(DevnetInfo info)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            info.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
