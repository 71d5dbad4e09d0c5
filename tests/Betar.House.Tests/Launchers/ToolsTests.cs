namespace Betar.House.Tests.Launchers;

/// <summary>What <c>eng/tools</c> does with folders of npm packages; a stand-in for npm notes what it was asked.</summary>
public sealed class ToolsTests
{
    private const string Npm = """
        #!/bin/sh
        echo "$1 in $(pwd)" >>"$(dirname "$0")/asked"
        [ -f "$(dirname "$0")/npm-fails" ] && exit 1
        mkdir -p node_modules
        echo "added 1 package in 1s"
        """;

    [Fact]
    public async Task A_folder_of_packages_is_installed_once_from_its_lock_with_one_line()
    {
        using var repository = Repository();

        var first = await repository.RunAsync("eng/tools", "tests");
        var second = await repository.RunAsync("eng/tools", "tests");

        Assert.Equal((0, "tools: getting tests/js (npm-ci, lock)\n"), (first.ExitCode, first.Error));
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Equal([$"ci in {repository.PathOf("tests/js")}"], Asked(repository));
    }

    /// <summary>What is printed there is the answer of the command that needed the tools: JSON for a script, as a rule.</summary>
    [Fact]
    public async Task Nothing_is_said_where_the_answer_goes()
    {
        using var repository = Repository();

        Assert.Equal("", (await repository.RunAsync("eng/tools", "tests")).Out);
    }

    [Fact]
    public async Task A_changed_lock_installs_again()
    {
        using var repository = Repository();
        await repository.RunAsync("eng/tools", "tests");

        File.WriteAllText(repository.PathOf("tests/js/package-lock.json"), "{ \"changed\": 1 }\n");
        await repository.RunAsync("eng/tools", "tests");

        Assert.Equal(2, Asked(repository).Length);
    }

    [Fact]
    public async Task What_npm_cannot_get_is_an_error_that_names_the_folder_and_is_tried_again()
    {
        using var repository = Repository();
        repository.Write("sdk/npm-fails", "");

        var run = await repository.RunAsync("eng/tools", "tests");
        await repository.RunAsync("eng/tools", "tests");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("tests/js lock could not be had", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, Asked(repository).Length);
    }

    [Fact]
    public async Task An_install_that_was_broken_off_is_done_again()
    {
        using var repository = Repository();
        await repository.RunAsync("eng/tools", "tests");
        File.WriteAllText(repository.PathOf("tests/js/package-lock.json"), "{ \"changed\": 1 }\n");
        repository.Write("sdk/npm-fails", "");
        await repository.RunAsync("eng/tools", "tests");
        File.WriteAllText(repository.PathOf("tests/js/package-lock.json"), "{}\n");

        var run = await repository.RunAsync("eng/tools", "tests");

        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Another_version_of_a_package_than_the_pinned_one_is_not_enough()
    {
        using var repository = Repository();
        repository.Write("eng/tools.list", "npm a-tool 1.2.3 - tests\n");
        repository.Write(".tools/npm/node_modules/a-tool/package.json", "{ \"version\": \"1.2.2\" }\n");

        var run = await repository.RunAsync("eng/tools", "tests");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a-tool 1.2.3 could not be had", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("install in ", Assert.Single(Asked(repository)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_alone_asks_for_no_packages_of_the_tests()
    {
        using var repository = Repository();

        var run = await repository.RunAsync("eng/tools", "run");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(Asked(repository));
    }

    private static string[] Asked(FakeRepository repository) =>
        File.Exists(repository.PathOf("sdk/asked")) ? File.ReadAllLines(repository.PathOf("sdk/asked")) : [];

    private static FakeRepository Repository()
    {
        var repository = new FakeRepository();
        repository.Write("eng/tools.list", "npm-ci tests/js lock - tests\n");
        repository.Write("tests/js/package-lock.json", "{}\n");
        repository.Write("sdk/npm", Npm);
        File.SetUnixFileMode(repository.PathOf("sdk/npm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return repository;
    }
}
