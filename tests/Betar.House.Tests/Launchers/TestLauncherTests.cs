namespace Betar.House.Tests.Launchers;

/// <summary>What ./test makes of what the runner leaves behind.</summary>
public sealed class TestLauncherTests
{
    [Fact]
    public async Task All_passed_is_0_and_the_sums_are_the_last_line()
    {
        using var repository = Repository(("A.Tests", 3, 3, 0, 0), ("B.Tests", 4, 4, 0, 0));

        var run = await repository.RunAsync("test");

        Assert.Equal((0, "7 passed, 0 failed\n"), (run.ExitCode, run.Out));
        Assert.Matches("A.Tests +3 passed +0 failed", run.Error);
    }

    [Fact]
    public async Task A_failure_shows_the_runners_words_and_ends_with_1()
    {
        using var repository = Repository(("A.Tests", 3, 2, 1, 1));

        var run = await repository.RunAsync("test");

        Assert.Equal((1, "2 passed, 1 failed\n"), (run.ExitCode, run.Out));
        Assert.Contains("output of A.Tests", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_ran_no_test_has_failed()
    {
        using var repository = Repository(("A.Tests", 3, 3, 0, 0), ("B.Tests", 0, 0, 0, 0));

        var run = await repository.RunAsync("test");

        Assert.Equal((1, "3 passed, 1 failed\n"), (run.ExitCode, run.Out));
        Assert.Contains("ran no test", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_skipped_test_has_failed()
    {
        using var repository = Repository(("A.Tests", 3, 2, 0, 0));

        Assert.Equal((1, "2 passed, 1 failed\n"), await EndAsync(repository));
    }

    [Fact]
    public async Task A_host_that_dies_has_failed_whatever_passed()
    {
        using var repository = Repository(("A.Tests", 3, 3, 0, 134));

        Assert.Equal((1, "3 passed, 1 failed\n"), await EndAsync(repository));
    }

    [Fact]
    public async Task A_name_chooses_projects_and_one_that_fits_none_is_an_error()
    {
        using var repository = Repository(("Alpha.Tests", 3, 3, 0, 0), ("Beta.Tests", 0, 0, 0, 0));

        Assert.Equal((0, "3 passed, 0 failed\n"), await EndAsync(repository, "Alpha"));
        Assert.Equal((1, ""), await EndAsync(repository, "Gamma"));
    }

    [Fact]
    public async Task Long_tests_are_left_out_unless_asked_for()
    {
        using var repository = Repository(("A.Tests", 1, 1, 0, 0));

        await repository.RunAsync("test");
        Assert.Contains("Category!=Long", File.ReadAllText(repository.PathOf("sdk/asked")), StringComparison.Ordinal);
        File.Delete(repository.PathOf("sdk/asked"));
        await repository.RunAsync("test", "--long");
        Assert.DoesNotContain("Long", File.ReadAllText(repository.PathOf("sdk/asked")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_is_not_there_is_an_error()
    {
        using var repository = Repository(("A.Tests", 1, 1, 0, 0));

        Assert.Equal((1, ""), await EndAsync(repository, "--lnog"));
    }

    [Fact]
    public async Task A_failed_build_is_a_failure_with_its_errors()
    {
        using var repository = Repository(("A.Tests", 1, 1, 0, 0));
        repository.Write("sdk/fail", "");

        var run = await repository.RunAsync("test");

        Assert.Equal((1, "0 passed, 1 failed\n"), (run.ExitCode, run.Out));
        Assert.Contains("error CS1002", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_cannot_be_had_is_an_error_that_names_it()
    {
        using var repository = Repository(("A.Tests", 1, 1, 0, 0));
        repository.Write("eng/tools.list", "debian no-such-package-here 1.0 no-such-program-here tests\n");
        repository.Write("sdk/apt-get", "#!/bin/sh\nexit 100\n");
        File.SetUnixFileMode(repository.PathOf("sdk/apt-get"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var run = await repository.RunAsync("test");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("no-such-package-here 1.0 could not be had", run.Error, StringComparison.Ordinal);
    }

    private static async Task<(int, string)> EndAsync(FakeRepository repository, params string[] args)
    {
        var run = await repository.RunAsync("test", args);
        return (run.ExitCode, run.Out);
    }

    /// <summary>A runner that writes a result file with these counts and ends with this status.</summary>
    private static FakeRepository Repository(params (string Name, int Total, int Passed, int Failed, int Status)[] projects)
    {
        var repository = new FakeRepository();
        var cases = string.Concat(projects.Select(project =>
            $"*/{project.Name}.dll) t={project.Total} p={project.Passed} f={project.Failed} s={project.Status} n={project.Name} ;;\n"));
        var sdk = File.ReadAllText(repository.PathOf("sdk/dotnet")).Replace("esac", $$"""
                vstest)
                    echo "$3" >>"$here/asked"
                    case $2 in {{cases}} esac
                    echo "output of $n"
                    printf '<Counters total="%s" executed="%s" passed="%s" failed="%s" />\n' $t $t $p $f >"$ARTIFACTS/test/$n.trx"
                    exit $s ;;
            esac
            """, StringComparison.Ordinal);
        File.Delete(repository.PathOf("sdk/dotnet"));
        repository.Write("sdk/dotnet", sdk);
        File.SetUnixFileMode(repository.PathOf("sdk/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var project in projects)
            repository.Write($"tests/{project.Name}/{project.Name}.csproj", "");
        return repository;
    }
}
