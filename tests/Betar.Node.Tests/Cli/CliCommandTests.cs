using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Cli;

public sealed class CliCommandTests
{
    [Fact]
    public async Task A_body_without_refusal_ends_with_0()
    {
        var (exit, _, error) = await RunAsync((context, _, _) =>
        {
            context.Out.WriteLine("done");
            return Task.FromResult<CliRefusal?>(null);
        });

        Assert.Equal((0, ""), (exit, error));
    }

    [Fact]
    public async Task A_refusal_is_printed_with_the_exit_code_of_its_group()
    {
        var usage = await RunAsync((_, _, _) => Task.FromResult<CliRefusal?>(ErrorCatalog.BadPrice.Refuse("no")));
        var world = await RunAsync((_, _, _) => Task.FromResult<CliRefusal?>(ErrorCatalog.DiskFull.Refuse("no")));

        Assert.Equal((2, 1), (usage.Exit, world.Exit));
        Assert.StartsWith("BTR-1014: no; ", usage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_is_one_sentence_without_a_stack_trace()
    {
        var (exit, _, error) = await RunAsync((_, _, _) => throw new InvalidOperationException("oh\nno"));

        Assert.Equal(1, exit);
        Assert.Equal("BTR-2099: InvalidOperationException: oh no; run it again with --verbose and report what it prints\n", error);
    }

    [Fact]
    public async Task Verbose_adds_the_stack_trace()
    {
        var (_, _, error) = await RunAsync((_, _, _) => throw new InvalidOperationException("oh"), "--verbose");

        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_that_was_thrown_keeps_its_code()
    {
        var (exit, _, error) = await RunAsync((_, _, _) => throw new CliRefusedException(ErrorCatalog.FolderInUse.Refuse("taken")));

        Assert.Equal(1, exit);
        Assert.StartsWith("BTR-2002: taken", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_has_what_the_command_line_and_the_environment_say()
    {
        CommandContext? seen = null;
        await RunAsync((context, _, _) =>
        {
            seen = context;
            return Task.FromResult<CliRefusal?>(null);
        }, "--json", "--data", "/somewhere/else");

        Assert.True(seen is { Json: true, Verbose: false, Data.Root: "/somewhere/else" });
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync(CliCommand.Body body, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost(output, error, _ => null, TimeProvider.System);
        var command = CliCommand.Create("test", "A command of this test.", host, body);
        command.Options.Add(GlobalOptions.Data);
        command.Options.Add(GlobalOptions.Json);
        command.Options.Add(GlobalOptions.Verbose);
        var exit = await command.Parse(args).InvokeAsync();
        return (exit, output.ToString(), error.ToString());
    }
}
