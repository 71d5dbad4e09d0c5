using System.Text.Json;
using Betar.Contracts.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Contracts.Tests.Build;

/// <summary>The checked-in artifacts are what the source gives, compiled anew on a copy of it.</summary>
public sealed class CompilerTests : IDisposable
{
    private readonly DirectoryInfo copy = Directory.CreateTempSubdirectory("contracts-");

    public CompilerTests()
    {
        _ = Places.Solc;
        foreach (var folder in new[] { "src", "src/testing", "artifacts" })
        {
            Directory.CreateDirectory(PathOf(folder));
            foreach (var file in Directory.GetFiles(Path.Combine(Places.Contracts, folder)))
                File.Copy(file, PathOf(Path.Combine(folder, Path.GetFileName(file))));
        }

        File.Copy(Path.Combine(Places.Contracts, "build.mjs"), PathOf("build.mjs"));
        Directory.CreateSymbolicLink(PathOf("node_modules"), Path.Combine(Places.Contracts, "node_modules"));
    }

    [Fact]
    public async Task The_artifacts_match_the_source_whatever_its_comments_say()
    {
        File.AppendAllText(PathOf("src/TestUsdc.sol"), "// one more comment\n");
        var run = await ToolRun.OfAsync(Places.Node, PathOf("build.mjs"), "--check");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"^solc 0\.8\.37\+commit\.[0-9a-f]{8}\..*, 14 sources, 16 contracts\n$", run.Output);
        TestNotes.Add("contracts: " + run.Output.Trim());
    }

    [Fact]
    public async Task What_does_not_match_is_named()
    {
        var source = File.ReadAllText(PathOf("src/PaymentVault.sol"));
        File.WriteAllText(PathOf("src/PaymentVault.sol"), source.Replace("90 days", "91 days", StringComparison.Ordinal));
        File.Delete(PathOf("artifacts/ContractWallet.json"));
        File.WriteAllText(PathOf("artifacts/Left.json"), "{}");
        var run = await ToolRun.OfAsync(Places.Node, PathOf("build.mjs"), "--check");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["ContractWallet.json", "Left.json", "PaymentVault.json"],
            run.Error.Trim().Split('\n').Select(line => line.Split(' ')[0]["contracts/artifacts/".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_does_not_compile_is_said_and_a_warning_counts()
    {
        foreach (var folder in new[] { "src", "artifacts" })
            Directory.Delete(PathOf(folder), recursive: true);
        Directory.CreateDirectory(PathOf("src"));
        File.WriteAllText(PathOf("src/Careless.sol"), "// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\ncontract Careless { function f() external { uint256 unused; } }\n");
        var run = await ToolRun.OfAsync(Places.Node, PathOf("build.mjs"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Unused local variable", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("artifacts")));
    }

    [Fact]
    public async Task Without_the_compiler_it_says_what_to_do()
    {
        Directory.Delete(PathOf("node_modules"));
        var run = await ToolRun.OfAsync(Places.Node, PathOf("build.mjs"), "--check");

        Assert.Equal((2, "contracts: solc is missing; eng/tools tests installs it.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void The_artifacts_name_the_compiler_that_is_installed()
    {
        using var installed = JsonDocument.Parse(File.ReadAllText(Places.Solc));
        var version = installed.RootElement.GetProperty("version").GetString();

        Assert.All(
            Directory.GetFiles(PathOf("artifacts")).Select(file => Artifact.Load(Path.GetFileNameWithoutExtension(file))),
            artifact => Assert.StartsWith(version + "+commit.", artifact.Compiler, StringComparison.Ordinal));
    }

    /// <summary>What fits no block of any network is no contract (EIP-170).</summary>
    [Fact]
    public void The_contracts_are_small() => Assert.All(
        new[] { Artifact.TestUsdc, Artifact.SilentUsdc, Artifact.PaymentVault }, artifact => Assert.InRange(artifact.Deployed.Length, 1, 16_384));

    public void Dispose() => copy.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(copy.FullName, name);
}
