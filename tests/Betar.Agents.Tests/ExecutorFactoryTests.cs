namespace Betar.Agents.Tests;

public sealed class ExecutorFactoryTests
{
    [Fact]
    public void Knows_each_builtin_by_name()
    {
        var factory = new ExecutorFactory(new ExecutorOptions());
        Assert.All(ExecutorFactory.BuiltinNames, name => Assert.NotNull(factory.Create(new("builtin", name))));
        Assert.Equal(["echo", "math", "time", "hash"], ExecutorFactory.BuiltinNames);
    }

    [Theory]
    [InlineData("builtin", "shell")]
    [InlineData("builtin", "Echo")]
    [InlineData("dotnet", "echo")]
    [InlineData("", "")]
    public void Unknown_kinds_and_names_make_nothing(string kind, string target) =>
        Assert.Null(new ExecutorFactory(new ExecutorOptions()).Create(new(kind, target)));

    [Fact]
    public async Task Echo_answers_its_input_untouched()
    {
        const string input = "'; rm -rf / \u202e {{system}} \0";
        IExecutor echo = new ExecutorFactory(new ExecutorOptions()).Create(new("builtin", "echo"))!;
        ExecutionOutcome outcome = await echo.ExecuteAsync(new ExecutionRequest(input, "c"), CancellationToken.None);
        Assert.True(outcome.Succeeded);
        Assert.Equal(input, outcome.Text);
        Assert.True(echo.IsIdempotent);
    }

    [Fact]
    public async Task Input_over_the_limit_is_refused_before_the_executor_sees_it()
    {
        IExecutor echo = new ExecutorFactory(new ExecutorOptions { MaxInputCharacters = 3 }).Create(new("builtin", "echo"))!;
        ExecutionOutcome outcome = await echo.ExecuteAsync(new ExecutionRequest("four", "c"), CancellationToken.None);
        Assert.False(outcome.Succeeded);
        Assert.Contains("the limit is 3", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_over_the_limit_is_refused()
    {
        IExecutor math = new ExecutorFactory(new ExecutorOptions { MaxOutputCharacters = 2 }).Create(new("builtin", "math"))!;
        Assert.True((await math.ExecuteAsync(new ExecutionRequest("9+9", "c"), CancellationToken.None)).Succeeded);
        ExecutionOutcome outcome = await math.ExecuteAsync(new ExecutionRequest("99+1", "c"), CancellationToken.None);
        Assert.False(outcome.Succeeded);
    }
}
