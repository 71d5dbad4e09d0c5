namespace Betar.Agents.Tests.Builtin;

public sealed class MathExecutorTests
{
    private readonly ExecutorFactory _factory = new(new ExecutorOptions());

    private async Task<ExecutionOutcome> Run(string input) =>
        await _factory.Create(new("builtin", "math"))!.ExecuteAsync(new ExecutionRequest(input, "caller"), CancellationToken.None);

    [Theory]
    [InlineData("2+2", "4")]
    [InlineData("What is 2+2?", "4")]
    [InlineData("what is 7 * (3 - 5)?", "-14")]
    [InlineData("1/3", "1/3")]
    [InlineData("1/3+2/3", "1")]
    [InlineData("1/8", "0.125")]
    [InlineData("-1/8", "-0.125")]
    [InlineData("0.1+0.2", "0.3")]
    [InlineData(".5*2", "1")]
    [InlineData("2^10", "1024")]
    [InlineData("2^-2", "0.25")]
    [InlineData("2^3^2", "512")]
    [InlineData("-2^2", "-4")]
    [InlineData("(-2)^2", "4")]
    [InlineData("--3", "3")]
    [InlineData("8/2/2", "2")]
    [InlineData("10-4-3", "3")]
    [InlineData("99999999999999999999*99999999999999999999", "9999999999999999999800000000000000000001")]
    [InlineData("0^0", "1")]
    public async Task Answers_exactly(string input, string expected)
    {
        ExecutionOutcome outcome = await Run(input);
        Assert.True(outcome.Succeeded, outcome.Text);
        Assert.Equal(expected, outcome.Text);
    }

    [Theory]
    [InlineData("", "ends where a number was expected")]
    [InlineData("2+", "ends where a number was expected")]
    [InlineData("(2", "not closed")]
    [InlineData("2)", "U+0029 at position 2")]
    [InlineData("2 2", "U+0032")]
    [InlineData("hello", "U+0068 at position 1")]
    [InlineData(".", "U+002E")]
    [InlineData("1/0", "Division by zero")]
    [InlineData("0^-1", "Division by zero")]
    [InlineData("2^0.5", "whole exponents")]
    [InlineData("9^9^9", "4096 bits")]
    [InlineData("2^99999999999999999999", "4096 bits")]
    [InlineData("1\u202e", "U+202E")]
    public async Task Refuses_with_a_sentence(string input, string expected)
    {
        ExecutionOutcome outcome = await Run(input);
        Assert.False(outcome.Succeeded);
        Assert.Contains(expected, outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_is_bounded_for_brackets_and_signs()
    {
        string depth = "nested deeper than 64";
        Assert.Contains(depth, (await Run(new string('(', 60_000))).Text, StringComparison.Ordinal);
        Assert.Contains(depth, (await Run(new string('-', 60_000) + "1")).Text, StringComparison.Ordinal);
        Assert.Contains(depth, (await Run(string.Concat(Enumerable.Repeat("1^", 30_000)) + "1")).Text, StringComparison.Ordinal);
        Assert.Equal("1", (await Run(new string('(', 60) + "1" + new string(')', 60))).Text);
    }

    [Fact]
    public async Task Long_digits_and_growing_products_are_bounded()
    {
        Assert.Contains("bits", (await Run(new string('9', 5_000))).Text, StringComparison.Ordinal);
        Assert.Contains("bits", (await Run(string.Join('*', Enumerable.Repeat(new string('9', 300), 20)))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_text_gets_an_answer_and_never_an_exception(int seed)
    {
        var random = new Random(seed);
        const string alphabet = "0123456789.+-*/^() ?x";
        for (int i = 0; i < 3_000; i++)
        {
            string input = new(Enumerable.Range(0, random.Next(24)).Select(_ => alphabet[random.Next(alphabet.Length)]).ToArray());
            ExecutionOutcome outcome = await Run(input);
            Assert.False(string.IsNullOrEmpty(outcome.Text), $"seed {seed}, input '{input}'");
        }
    }
}
