namespace Betar.Storage.Blocks;

internal static class BlockSql
{
    public const string Find = "SELECT data FROM block WHERE hash = ?1";
    public const string Size = "SELECT size FROM block WHERE hash = ?1";
    public const string IsPublished = "EXISTS (SELECT 1 FROM block_pin WHERE block_pin.hash = block.hash AND published = 1)";
    public const string FindPublished = $"{Find} AND {IsPublished}";
    public const string SizePublished = $"{Size} AND {IsPublished}";
    public const string IsUnpinned = "NOT EXISTS (SELECT 1 FROM block_pin WHERE block_pin.hash = block.hash)";
    public const string UnpinnedBytes = $"SELECT coalesce(sum(size), 0) FROM block WHERE {IsUnpinned}";
    public const string Unpinned = $"SELECT hash, size FROM block WHERE {IsUnpinned} ORDER BY sequence";
    public const string DropUnpinned = $"DELETE FROM block WHERE {IsUnpinned}";
    public const string Put = "INSERT INTO block (hash, size, data) VALUES (?1, ?2, ?3)";
    public const string Drop = "DELETE FROM block WHERE hash = ?1";
    public const string Pin = "INSERT INTO block_pin (root, hash, published) VALUES (?1, ?2, ?3)";
    public const string Unpin = "DELETE FROM block_pin WHERE root = ?1";
    public const string UnpinHash = "DELETE FROM block_pin WHERE hash = ?1";
    public const string Bytes = "SELECT bytes FROM block_sum WHERE id = 1";
    public const string AddBytes = "UPDATE block_sum SET bytes = bytes + ?1 WHERE id = 1";
}
