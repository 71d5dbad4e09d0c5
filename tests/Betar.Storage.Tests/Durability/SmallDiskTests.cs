using System.Globalization;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Durability;

/// <summary>A file system that is really full: a tmpfs of a few megabytes in a name space of its own.</summary>
public sealed class SmallDiskTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    [InlineData(900)]
    public async Task When_it_is_full_batches_fail_and_when_there_is_room_the_writer_goes_on(int freeKibibytes)
    {
        var lines = await RunAsync(freeKibibytes);
        Assert.Contains("ready", lines);
        Assert.Contains("running", lines);
        var failures = lines.Where(line => line.StartsWith("fail ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(failures);
        Assert.All(failures, failure => Assert.EndsWith("DiskFull False", failure, StringComparison.Ordinal));
        Assert.True(lines.FindLastIndex(line => line.StartsWith("ack", StringComparison.Ordinal))
            > lines.FindIndex(line => line.StartsWith("fail", StringComparison.Ordinal)), "Nothing was written after there was room again.");

        await using var database = BetarDatabase.Open(folder.File("after/betar.db"));
        Assert.Empty((await database.Ledger.VerifyAsync(default)).Faults);
        foreach (var words in lines.Where(line => line.StartsWith("ack", StringComparison.Ordinal)).Select(line => line.Split(' ')))
        {
            var entries = await database.Ledger.ReadAsync(TestOrders.Payment(int.Parse(words[1], CultureInfo.InvariantCulture)), default);
            Assert.Equal(words[4], entries[int.Parse(words[2], CultureInfo.InvariantCulture)].Hash.ToString());
        }
    }

    /// <summary>Fills the disk but for so much, lets the crasher run, which makes room after the first refusal, and keeps the file.</summary>
    private async Task<List<string>> RunAsync(int freeKibibytes)
    {
        var disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        var after = Directory.CreateDirectory(folder.File("after")).FullName;
        var crash = $"dotnet exec '{Child.Assembly}' {Crasher.Verb} '{disk}/betar.db' 4 150 100 </dev/null";
        return [.. await Child.RunInNameSpacesAsync(
            $"mount -t tmpfs -o size=8M tmpfs '{disk}' && head -c {8_192 - freeKibibytes}K /dev/zero >'{disk}/filler' && export {Crasher.Filler}='{disk}/filler'; {crash}; cp '{disk}'/betar.db* '{after}'")];
    }
}
