// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// A stand-in for Permit2's signed transfers with a witness, written from its published interface: nonces in any order, one bit each.
contract Permit2Double {
    using SafeERC20 for IERC20;

    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    string private constant STUB =
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";

    bytes32 private constant PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant DOMAIN = keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)");

    mapping(address owner => mapping(uint256 word => uint256 bits)) public nonceBitmap;

    error SignatureExpired(uint256 deadline);
    error InvalidAmount(uint256 most);
    error InvalidNonce();
    error InvalidSigner();

    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata details,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external {
        if (block.timestamp > permit.deadline) revert SignatureExpired(permit.deadline);
        if (details.requestedAmount > permit.permitted.amount) revert InvalidAmount(permit.permitted.amount);
        _use(owner, permit.nonce);
        bytes32 message = keccak256(
            abi.encode(
                keccak256(abi.encodePacked(STUB, witnessTypeString)),
                keccak256(abi.encode(PERMISSIONS, permit.permitted)),
                msg.sender,
                permit.nonce,
                permit.deadline,
                witness
            )
        );
        (address signer, ECDSA.RecoverError fault,) = ECDSA.tryRecoverCalldata(keccak256(abi.encodePacked("\x19\x01", separator(), message)), signature);
        if (fault != ECDSA.RecoverError.NoError || signer != owner) revert InvalidSigner();
        IERC20(permit.permitted.token).safeTransferFrom(owner, details.to, details.requestedAmount);
    }

    /// The owner gives up nonces that were not used.
    function invalidateUnorderedNonces(uint256 word, uint256 mask) external {
        nonceBitmap[msg.sender][word] |= mask;
    }

    function separator() public view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN, keccak256("Permit2"), block.chainid, address(this)));
    }

    function _use(address owner, uint256 nonce) private {
        uint256 bit = 1 << (nonce & 0xff);
        if (nonceBitmap[owner][nonce >> 8] & bit != 0) revert InvalidNonce();
        nonceBitmap[owner][nonce >> 8] |= bit;
    }
}

/// A stand-in for x402's proxy of "exact": moves exactly what was permitted, to whom the payer signed for.
contract ExactProxyDouble {
    struct Witness {
        address to;
        uint256 validAfter;
    }

    Permit2Double public constant PERMIT2 = Permit2Double(0x000000000022D473030F116dDEE9F6B43aC78BA3);
    string private constant TYPES = "Witness witness)TokenPermissions(address token,uint256 amount)Witness(address to,uint256 validAfter)";
    bytes32 private constant WITNESS = keccak256("Witness(address to,uint256 validAfter)");

    error TooEarly();

    function settle(Permit2Double.PermitTransferFrom calldata permit, address owner, Witness calldata witness, bytes calldata signature) external {
        if (block.timestamp < witness.validAfter) revert TooEarly();
        PERMIT2.permitWitnessTransferFrom(
            permit,
            Permit2Double.SignatureTransferDetails(witness.to, permit.permitted.amount),
            owner,
            keccak256(abi.encode(WITNESS, witness)),
            TYPES,
            signature
        );
    }
}

/// A stand-in for x402's proxy of "upto": moves at most what was permitted, for the facilitator that the payer signed for.
contract UptoProxyDouble {
    struct Witness {
        address to;
        address facilitator;
        uint256 validAfter;
    }

    Permit2Double public constant PERMIT2 = Permit2Double(0x000000000022D473030F116dDEE9F6B43aC78BA3);
    string private constant TYPES =
        "Witness witness)TokenPermissions(address token,uint256 amount)Witness(address to,address facilitator,uint256 validAfter)";
    bytes32 private constant WITNESS = keccak256("Witness(address to,address facilitator,uint256 validAfter)");

    error TooEarly();
    error OtherFacilitator();

    function settle(
        Permit2Double.PermitTransferFrom calldata permit,
        uint256 amount,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) external {
        if (msg.sender != witness.facilitator) revert OtherFacilitator();
        if (block.timestamp < witness.validAfter) revert TooEarly();
        PERMIT2.permitWitnessTransferFrom(
            permit,
            Permit2Double.SignatureTransferDetails(witness.to, amount),
            owner,
            keccak256(abi.encode(WITNESS, witness)),
            TYPES,
            signature
        );
    }
}
