using Betar.Node.Errors;

namespace Betar.Node.Tests.Errors;

public sealed class CheckedTests
{
    [Fact]
    public void A_value_is_ok()
    {
        Checked<int> seven = 7;

        Assert.True(seven.IsOk);
        Assert.Null(seven.Refusal);
        Assert.Equal(7, seven.Value);
        Assert.Equal(7, seven.OrThrow());
    }

    [Fact]
    public void A_refusal_has_no_value()
    {
        Checked<int> none = ErrorCatalog.BadPrice.Refuse("no");

        Assert.False(none.IsOk);
        Assert.Throws<InvalidOperationException>(() => none.Value);
        Assert.Same(none.Refusal, Assert.Throws<CliRefusedException>(() => none.OrThrow()).Refusal);
    }

    [Fact]
    public void An_interface_fits_too() => Assert.Equal([1, 2], Checked.Of<IReadOnlyList<int>>([1, 2]).Value);

    [Fact]
    public void The_sentence_is_one_line_with_one_full_stop_less()
    {
        var refusal = ErrorCatalog.BadPrice.Refuse("first\nsecond.", "do\r\nthis.");

        Assert.Equal("BTR-1014: first second; do this", refusal.Sentence);
        Assert.Equal(refusal.Sentence, refusal.ToString());
    }

    [Fact]
    public void Without_a_better_one_the_remedy_of_the_code_is_the_next_step() =>
        Assert.Equal(ErrorCatalog.NoNode.Remedy, ErrorCatalog.NoNode.Refuse("none").Next);
}
