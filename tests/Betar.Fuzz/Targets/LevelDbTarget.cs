using Betar.Node.Importing.LevelDb;

namespace Betar.Fuzz.Targets;

/// <summary>The files of the original's databases: the first byte says which kind the rest is.</summary>
internal sealed class LevelDbTarget : IFuzzTarget
{
    private const int LargestBlock = 16 * 1024 * 1024;

    public string Name => "leveldb";

    public long MemoryBound(int length) => (32L * 1024 * 1024) + (4096L * length);

    public bool Take(byte[] input)
    {
        if (input.Length == 0)
            return false;
        var bytes = input.AsMemory(1);
        var content = new LevelDbContent(new LevelDbLimits());
        switch (input[0] % 4)
        {
            case 0:
                return LevelDbTable.Read(bytes, content.Take) && content.Entries.Any();
            case 1:
                return LevelDbLog.Read(bytes.Span, out _).Exists(record => content.TakeBatch(record));
            case 2:
                var version = new LevelDbVersion();
                return LevelDbLog.Read(bytes.Span, out _).Exists(edit => version.Apply(edit));
            default:
                if (!SnappyBlock.TryDecode(bytes.Span, LargestBlock, out var plain))
                    return false;
                FuzzException.Unless(plain.Length <= LargestBlock, "a block that is larger than it may be");
                return true;
        }
    }
}
