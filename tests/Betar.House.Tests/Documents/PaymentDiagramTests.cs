using System.Text.RegularExpressions;
using Betar.House.Tests.Support;
using Betar.Storage.Ledger;

namespace Betar.House.Tests.Documents;

/// <summary>The drawing in docs/payments.md is the table that the code runs by.</summary>
public sealed partial class PaymentDiagramTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "payments.md"));

    [Fact]
    public void Every_arrow_is_drawn_and_no_other() => Assert.Equal(
        PaymentMachine.Steps.Select(step => $"{step.From} --> {step.To}: {step.Event}").Order(StringComparer.Ordinal),
        Arrow().Matches(Page).Select(arrow => arrow.Value.Trim()).Order(StringComparer.Ordinal));

    [Fact]
    public void What_has_no_way_out_is_drawn_as_an_end() => Assert.Equal(
        Enum.GetValues<PaymentState>().Where(PaymentMachine.IsEnd).Select(state => $"{state} --> [*]").Order(StringComparer.Ordinal),
        End().Matches(Page).Select(end => end.Value.Trim()).Order(StringComparer.Ordinal));

    [GeneratedRegex("^    \\w+ --> \\w+: \\w+$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex("^    \\w+ --> \\[\\*\\]$", RegexOptions.Multiline)]
    private static partial Regex End();
}
