using Orleans;

namespace Betar.Storage.Tests.GrainState;

[GenerateSerializer]
[Alias("betar.storage.tests.account")]
public sealed class AccountState
{
    [Id(0)]
    public string Owner { get; set; } = "nobody";

    [Id(1)]
    public long Balance { get; set; }

    [Id(2)]
    public List<string> Notes { get; set; } = [];
}
